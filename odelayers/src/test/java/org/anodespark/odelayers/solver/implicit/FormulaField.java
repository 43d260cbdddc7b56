/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A field of few components that is given by formulas for f, df/dy and df/dp. */
class FormulaField implements VectorField {
  /** f. */
  interface Values {
    double[] at(double t, double[] y, double p);
  }

  /** A Jacobian, one row for each component of f. */
  interface Derivatives {
    double[][] at(double t, double[] y, double p);
  }

  private final Values values;
  private final Derivatives byState;
  private final Values byParameter;
  private final double parameter;
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, 1);

  FormulaField(Values values, Derivatives byState, Values byParameter, double parameter) {
    this.values = values;
    this.byState = byState;
    this.byParameter = byParameter;
    this.parameter = parameter;
  }

  /** y' = p cos(t) y, whose solution is y(0) exp(p sin t). */
  static FormulaField cosine(double p) {
    return new FormulaField(
        (t, y, q) -> new double[] {q * Math.cos(t) * y[0]},
        (t, y, q) -> new double[][] {{q * Math.cos(t)}},
        (t, y, q) -> new double[] {Math.cos(t) * y[0]},
        p);
  }

  /** Problem A5 of the DETEST set: y' = (y - t) / (y + t). */
  static FormulaField detestA5() {
    return new FormulaField(
        (t, y, q) -> new double[] {(y[0] - t) / (y[0] + t)},
        (t, y, q) -> new double[][] {{2 * t / ((y[0] + t) * (y[0] + t))}},
        (t, y, q) -> new double[1],
        0);
  }

  /** y' = -p (y - cos t) - sin t, whose solution tends to cos t at the rate p. */
  static FormulaField stiffCosine(double p) {
    return new FormulaField(
        (t, y, q) -> new double[] {-q * (y[0] - Math.cos(t)) - Math.sin(t)},
        (t, y, q) -> new double[][] {{-q}},
        (t, y, q) -> new double[] {Math.cos(t) - y[0]},
        p);
  }

  /** y' = p M y. */
  static FormulaField linear(double[][] matrix, double p) {
    return new FormulaField(
        (t, y, q) -> scaled(q, Matrices.times(matrix, y)),
        (t, y, q) -> {
          double[][] jacobian = new double[matrix.length][];
          for (int i = 0; i < matrix.length; i++) {
            jacobian[i] = scaled(q, matrix[i]);
          }
          return jacobian;
        },
        (t, y, q) -> Matrices.times(matrix, y),
        p);
  }

  private static double[] scaled(double factor, double[] x) {
    double[] scaled = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = factor * x[i];
    }
    return scaled;
  }

  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    put(values.at(t, y.toDoubleVector(), parameter), out);
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    double[][] jacobian = byState.at(t, y.toDoubleVector(), parameter);
    double[] sensitivity = byParameter.at(t, y.toDoubleVector(), parameter);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        double[] w = cotangent.toDoubleVector();
        cotangent.assign(Double.NaN);
        put(Matrices.transposedTimes(jacobian, w), result);
        parameterGradient.addi(parameterScale * Matrices.dot(sensitivity, w));
      }

      @Override
      public void pushforward(INDArray tangent, INDArray result) {
        put(Matrices.times(jacobian, tangent.toDoubleVector()), result);
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
        for (double[] row : jacobian) {
          java.util.Arrays.fill(row, Double.NaN);
        }
      }
    };
  }

  private static void put(double[] from, INDArray to) {
    for (int i = 0; i < from.length; i++) {
      to.putScalar(i, from[i]);
    }
  }
}
