/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import org.anodespark.examples.field.MatrixMap;
import org.anodespark.examples.field.OneLayerField;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * dz/dt = -max(0, lambda z), z(0) = 1: the smallest field that cannot be solved backwards. The flow
 * is invertible, z(1) = exp(-lambda), but a solve that steps below zero has lost the initial state
 * for ever, and one that does not loses it by rounding and truncation, which exp(lambda) amplifies
 * on the way back (Gholami, Keutzer and Biros, "ANODE", IJCAI 2019).
 */
public final class ScalarRectifier {
  private ScalarRectifier() {}

  /**
   * There and back from z(0) = 1.
   *
   * @param lambda not negative
   */
  public static Reversal reversal(double lambda, StepMethod method, StepControl control) {
    OneLayerField field =
        new OneLayerField(
            new MatrixMap(Nd4j.valueArrayOf(new long[] {1, 1}, lambda, DataType.DOUBLE)),
            new ActivationReLU(),
            -1.0);
    return Reversal.of(field, method, control, Nd4j.ones(DataType.DOUBLE, 1, 1));
  }

  /**
   * rho of N Euler steps in closed form: {@code 1 - (1 - lambda^2 / N^2)^N} while the steps stay
   * above zero, N > lambda; {@code lambda / N} otherwise.
   *
   * @param lambda not negative
   * @param steps N, at least 1
   */
  public static double eulerError(double lambda, int steps) {
    double ratio = lambda / steps;
    return ratio < 1 ? 1 - Math.pow(1 - ratio * ratio, steps) : ratio;
  }
}
