/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The scalar test problem {@code y' = theta * rate(t) * y}, entry by entry, with theta to learn.
 */
public final class GrowthField implements VectorField {
  private final double theta;
  private final DoubleUnaryOperator rate;
  private final INDArray parameterGradient = Nd4j.zeros(DataType.DOUBLE, 1);

  public GrowthField(double theta, DoubleUnaryOperator rate) {
    this.theta = theta;
    this.rate = rate;
  }

  /** {@code y' = theta y}. */
  public static GrowthField constant(double theta) {
    return new GrowthField(theta, t -> 1.0);
  }

  /** {@code y' = cos(t) y}, solved by exp(sin t). */
  public static GrowthField cosine() {
    return new GrowthField(1.0, Math::cos);
  }

  public static INDArray state(double y) {
    return Nd4j.createFromArray(y).castTo(DataType.DOUBLE);
  }

  @Override
  public INDArray parameterGradient() {
    return parameterGradient;
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    out.assign(y).muli(theta * rate.applyAsDouble(t));
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    return new KeptEvaluation() {
      @Override
      public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
        double product = y.mul(cotangent).sumNumber().doubleValue();
        parameterGradient.addi(parameterScale * rate.applyAsDouble(t) * product);
        evaluate(t, cotangent, result);
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
        // nothing is kept but the argument
      }
    };
  }
}
