/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code y' = V tanh(W y + t u)} for three examples of four entries each; W, V (row by row) and u
 * are what is learnt, in this order.
 */
final class TanhLayers implements VectorField {
  static final int EXAMPLES = 3;
  static final int SIZE = 4;
  static final int PARAMETERS = 2 * SIZE * SIZE + SIZE;

  private static final int V = SIZE * SIZE;
  private static final int U = 2 * SIZE * SIZE;

  private final double[] theta;
  private final boolean readsResult;
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, PARAMETERS);

  TanhLayers(double[] theta) {
    this(theta, false);
  }

  /**
   * @param readsResult whether its evaluations say that their products read their results
   */
  TanhLayers(double[] theta, boolean readsResult) {
    this.theta = theta.clone();
    this.readsResult = readsResult;
  }

  /** Parameters whose field turns and contracts at several rates. */
  static double[] parameters() {
    double[] theta = new double[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      theta[i] = 1.4 * Math.sin(3.0 * i + 1) - (i >= V && i < U && (i - V) % 5 == 0 ? 1 : 0);
    }
    return theta;
  }

  /** An initial state, one example after the other. */
  static double[] state() {
    double[] y = new double[EXAMPLES * SIZE];
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.cos(2.0 * i + 0.5);
    }
    return y;
  }

  static INDArray array(double... y) {
    return Nd4j.createFromArray(y).reshape('c', EXAMPLES, SIZE);
  }

  /** f in plain numbers. */
  double[] slope(double t, double[] y) {
    double[] slope = new double[y.length];
    double[] hidden = hidden(t, y);
    for (int i = 0; i < y.length; i++) {
      int first = i / SIZE * SIZE;
      for (int j = 0; j < SIZE; j++) {
        slope[i] += theta[V + i % SIZE * SIZE + j] * hidden[first + j];
      }
    }
    return slope;
  }

  private double[] hidden(double t, double[] y) {
    double[] hidden = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int first = i / SIZE * SIZE;
      double sum = t * theta[U + i % SIZE];
      for (int j = 0; j < SIZE; j++) {
        sum += theta[i % SIZE * SIZE + j] * y[first + j];
      }
      hidden[i] = Math.tanh(sum);
    }
    return hidden;
  }

  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    out.assign(array(slope(t, numbers(y))));
  }

  private static double[] numbers(INDArray array) {
    return array.reshape(array.length()).toDoubleVector();
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        double[] gradient = new double[PARAMETERS];
        result.assign(array(product(t, numbers(y), numbers(cotangent), gradient)));
        parameterGradient.addi(Nd4j.createFromArray(gradient).muli(parameterScale));
      }

      @Override
      public boolean readsResult() {
        return readsResult;
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

  private double[] product(double t, double[] y, double[] w, double[] gradient) {
    double[] hidden = hidden(t, y);
    double[] product = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int first = i / SIZE * SIZE;
      double byHidden = 0;
      for (int k = 0; k < SIZE; k++) {
        byHidden += w[first + k] * theta[V + k * SIZE + i % SIZE];
        gradient[V + k * SIZE + i % SIZE] += w[first + k] * hidden[i];
      }
      double bySum = byHidden * (1 - hidden[i] * hidden[i]);
      gradient[U + i % SIZE] += t * bySum;
      for (int j = 0; j < SIZE; j++) {
        gradient[i % SIZE * SIZE + j] += bySum * y[first + j];
        product[first + j] += bySum * theta[i % SIZE * SIZE + j];
      }
    }
    return product;
  }
}
