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
  /** What one kept evaluation holds. */
  public static final long KEPT_BYTES = 16;

  private final double[][] matrix;
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, 4);
  private final boolean readsResult;

  public CubicSpiral(double a11, double a12, double a21, double a22) {
    this(false, a11, a12, a21, a22);
  }

  private CubicSpiral(boolean readsResult, double a11, double a12, double a21, double a22) {
    this.readsResult = readsResult;
    matrix = new double[][] {{a11, a12}, {a21, a22}};
  }

  /** The parameters of the published reference numbers. */
  public static CubicSpiral reference() {
    return new CubicSpiral(-0.1, 2, -2, -0.1);
  }

  /** The same field, with evaluations that say that their products read their results. */
  public static CubicSpiral referenceThatReadsItsResult() {
    return new CubicSpiral(true, -0.1, 2, -2, -0.1);
  }

  public static INDArray state(double y1, double y2) {
    return Nd4j.createFromArray(y1, y2).castTo(DataType.DOUBLE);
  }

  /** Gradient with respect to A11, A12, A21, A22, summed over all pullbacks so far. */
  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
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
    double[] cubes = {cube(y.getDouble(0)), cube(y.getDouble(1))};
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        for (int i = 0; i < 2; i++) {
          double sum = 0;
          for (int j = 0; j < 2; j++) {
            double w = cotangent.getDouble(j) * Math.cos(t / 2);
            sum += w * 3 * y.getDouble(i) * y.getDouble(i) * matrix[i][j];
            int parameter = 2 * i + j;
            parameterGradient.putScalar(
                parameter, parameterGradient.getDouble(parameter) + parameterScale * w * cubes[i]);
          }
          result.putScalar(i, sum);
        }
      }

      @Override
      public void pushforward(INDArray tangent, INDArray result) {
        for (int j = 0; j < 2; j++) {
          double sum = 0;
          for (int i = 0; i < 2; i++) {
            sum += 3 * y.getDouble(i) * y.getDouble(i) * tangent.getDouble(i) * matrix[i][j];
          }
          result.putScalar(j, Math.cos(t / 2) * sum);
        }
      }

      @Override
      public boolean readsResult() {
        return readsResult;
      }

      @Override
      public long keptBytes() {
        return KEPT_BYTES;
      }

      @Override
      public void close() {
        cubes[0] = Double.NaN;
        cubes[1] = Double.NaN;
      }
    };
  }

  private static double cube(double value) {
    return value * value * value;
  }
}
