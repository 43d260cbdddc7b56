/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code y' = A y} for a state of two numbers; a field without parameters. */
public final class LinearField implements VectorField {
  private final INDArray matrix;

  public LinearField(double a11, double a12, double a21, double a22) {
    matrix = Nd4j.createFromArray(new double[][] {{a11, a12}, {a21, a22}}).castTo(DataType.DOUBLE);
  }

  /** A rotation by omega in a unit of time: the eigenvalues are plus and minus omega i. */
  public static LinearField rotation(double omega) {
    return new LinearField(0, -omega, omega, 0);
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    out.assign(matrix.mmul(y));
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        result.assign(matrix.transpose().mmul(cotangent));
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
        // nothing is kept
      }
    };
  }
}
