/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The non-linear, non-autonomous test problem {@code y'_j = cos(t / 2) * sum over i of y_i^3 A_ij}
 * with two components and four parameters (row by row), in double precision.
 */
public final class CubicSpiral implements VectorField {
  private final double[][] matrix;
  private final double[] parameterGradient = new double[4];

  public CubicSpiral(double a11, double a12, double a21, double a22) {
    matrix = new double[][] {{a11, a12}, {a21, a22}};
  }

  /** The parameters of the published reference numbers. */
  public static CubicSpiral reference() {
    return new CubicSpiral(-0.1, 2, -2, -0.1);
  }

  public static INDArray state(double y1, double y2) {
    return Nd4j.createFromArray(y1, y2).castTo(DataType.DOUBLE);
  }

  /** Gradient with respect to A11, A12, A21, A22, summed over all pullbacks so far. */
  public double[] parameterGradient() {
    return parameterGradient.clone();
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    for (int j = 0; j < 2; j++) {
      double sum = 0;
      for (int i = 0; i < 2; i++) {
        sum += cube(y.getDouble(i)) * matrix[i][j];
      }
      out.putScalar(j, Math.cos(t / 2) * sum);
    }
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, INDArray result) {
        for (int i = 0; i < 2; i++) {
          double sum = 0;
          for (int j = 0; j < 2; j++) {
            double w = cotangent.getDouble(j) * Math.cos(t / 2);
            sum += w * 3 * y.getDouble(i) * y.getDouble(i) * matrix[i][j];
            parameterGradient[2 * i + j] += w * cube(y.getDouble(i));
          }
          result.putScalar(i, sum);
        }
      }

      @Override
      public long keptBytes() {
        return 16;
      }

      @Override
      public void close() {}
    };
  }

  private static double cube(double value) {
    return value * value * value;
  }
}
