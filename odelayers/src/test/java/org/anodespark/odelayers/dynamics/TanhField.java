/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code z' = tanh(W z)} with {@code W_ij = 1.5 cos(3 i + 5 j + 1)}, i and j from 0 to 3; W is what
 * is learnt, row by row.
 */
public final class TanhField implements VectorField {
  private static final int SIZE = 4;

  private final double[][] matrix = new double[SIZE][SIZE];
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, SIZE * SIZE);

  public TanhField() {
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        matrix[i][j] = 1.5 * Math.cos(3 * i + 5 * j + 1);
      }
    }
  }

  /** {@code z_i = sin(i + 1)}. */
  public static INDArray state() {
    INDArray state = Nd4j.zeros(DataType.DOUBLE, SIZE);
    for (int i = 0; i < SIZE; i++) {
      state.putScalar(i, Math.sin(i + 1));
    }
    return state;
  }

  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  @Override
  public void evaluate(double t, INDArray z, INDArray out) {
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (int j = 0; j < SIZE; j++) {
        sum += matrix[i][j] * z.getDouble(j);
      }
      out.putScalar(i, Math.tanh(sum));
    }
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray z, INDArray out) {
    evaluate(t, z, out);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        result.assign(0.0);
        for (int i = 0; i < SIZE; i++) {
          double slope = cotangent.getDouble(i) * (1 - Math.pow(out.getDouble(i), 2));
          for (int j = 0; j < SIZE; j++) {
            int parameter = SIZE * i + j;
            parameterGradient.putScalar(
                parameter,
                parameterGradient.getDouble(parameter) + parameterScale * slope * z.getDouble(j));
            result.putScalar(j, result.getDouble(j) + slope * matrix[i][j]);
          }
        }
      }

      @Override
      public boolean readsResult() {
        return true;
      }

      @Override
      public long keptBytes() {
        return 0;
      }

      @Override
      public void close() {
        // nothing is kept but argument and result
      }
    };
  }
}
