/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code g_i = p_i (1.2 + sin(u_i + q_i u_j + t))} with two components, j the other one, and the
 * parameters p1, p2, q1, q2. Entry i depends on the whole state, as in a network.
 */
final class WaveField implements VectorField {
  /** What one kept evaluation holds. */
  static final long KEPT_BYTES = 32;

  private final double[] p;
  private final double[] q;
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, 4);

  WaveField(double... parameters) {
    p = new double[] {parameters[0], parameters[1]};
    q = new double[] {parameters[2], parameters[3]};
  }

  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  private double phase(double t, INDArray u, int i) {
    return u.getDouble(i) + q[i] * u.getDouble(1 - i) + t;
  }

  @Override
  public void evaluate(double t, INDArray u, INDArray out) {
    for (int i = 0; i < 2; i++) {
      out.putScalar(i, p[i] * (1.2 + Math.sin(phase(t, u, i))));
    }
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray u, INDArray out) {
    evaluate(t, u, out);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        double[] sums = new double[2];
        for (int i = 0; i < 2; i++) {
          double w = cotangent.getDouble(i);
          double slope = w * p[i] * Math.cos(phase(t, u, i));
          sums[i] += slope;
          sums[1 - i] += slope * q[i];
          add(i, parameterScale * w * (1.2 + Math.sin(phase(t, u, i))));
          add(2 + i, parameterScale * slope * u.getDouble(1 - i));
        }
        cotangent.assign(Double.NaN);
        result.putScalar(0, sums[0]);
        result.putScalar(1, sums[1]);
      }

      @Override
      public boolean readsResult() {
        return false;
      }

      @Override
      public long keptBytes() {
        return KEPT_BYTES;
      }

      @Override
      public void close() {
        // phases are computed again
      }
    };
  }

  private void add(int parameter, double value) {
    parameterGradient.putScalar(parameter, parameterGradient.getDouble(parameter) + value);
  }
}
