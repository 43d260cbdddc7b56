/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.consistency;

import org.anodespark.examples.field.LossGradient;
import org.anodespark.examples.field.MatrixMap;
import org.anodespark.examples.field.OneLayerField;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * dz/dt = tanh(W z) on [0, 1] with four unknowns, {@code W_ij = 1.5 cos(3 i + 5 j + 1)}, {@code
 * z_i(0) = sin(i + 1)}, counted from 0, and L = 1/2 |z(1)|^2: a smooth problem on which both ways
 * to a gradient can be compared.
 */
public final class TanhProblem {
  private static final int SIZE = 4;

  private TanhProblem() {}

  /** Both gradients with N equal steps. */
  public static Inconsistency inconsistency(StepMethod method, int steps) {
    LossGradient discrete =
        LossGradient.of(field(), method, new FixedSteps(steps), new FullStorage(), start());
    LossGradient continuous =
        LossGradient.of(field(), method, new FixedSteps(steps), new ReverseTime(), start());
    return new Inconsistency(steps, discrete, continuous);
  }

  private static OneLayerField field() {
    INDArray matrix = Nd4j.createUninitialized(DataType.DOUBLE, SIZE, SIZE);
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        matrix.putScalar(i, j, 1.5 * Math.cos(3 * i + 5 * j + 1));
      }
    }
    return new OneLayerField(new MatrixMap(matrix), new ActivationTanH());
  }

  private static INDArray start() {
    INDArray start = Nd4j.createUninitialized(DataType.DOUBLE, 1, SIZE);
    for (int i = 0; i < SIZE; i++) {
      start.putScalar(0, i, Math.sin(i + 1));
    }
    return start;
  }
}
