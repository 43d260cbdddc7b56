/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A field without parameters, from a function on plain numbers. A state of shape {@code [d]} is one
 * example, one of shape {@code [n, ..., d]} holds many; each is handed to the function by itself.
 */
public final class FunctionField implements VectorField {
  /** Step of the differences that stand for the Jacobian. */
  private static final double DIFFERENCE = 1e-6;

  private final Function function;

  public FunctionField(Function function) {
    this.function = function;
  }

  /** f for one example. */
  @FunctionalInterface
  public interface Function {
    double[] slope(double t, double[] y);
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    int size = (int) y.size(-1);
    double[] example = new double[size];
    for (long start = 0; start < y.length(); start += size) {
      for (int i = 0; i < size; i++) {
        example[i] = y.getDouble(start + i);
      }
      double[] slope = function.slope(t, example);
      for (int i = 0; i < size; i++) {
        out.putScalar(start + i, slope[i]);
      }
    }
  }

  /** Keeps what Jacobian-vector products need; implicit methods ask for those when they step. */
  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    return new Kept(t, y);
  }

  private final class Kept implements KeptEvaluation {
    private final double t;
    private final INDArray y;

    Kept(double t, INDArray y) {
      this.t = t;
      this.y = y;
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      throw new UnsupportedOperationException("These problems are solved, not differentiated.");
    }

    @Override
    public void pushforward(INDArray tangent, INDArray out) {
      INDArray before = y.ulike();
      evaluate(t, y.add(tangent.mul(DIFFERENCE)), out);
      evaluate(t, y.sub(tangent.mul(DIFFERENCE)), before);
      out.subi(before).divi(2 * DIFFERENCE);
    }

    @Override
    public boolean readsResult() {
      return false;
    }

    @Override
    public long keptBytes() {
      return 0;
    }

    @Override
    public void close() {
      // nothing is borrowed
    }
  }
}
