/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.function.DoubleUnaryOperator;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A field g times a number that depends on time: {@code f(t, y) = factor(t) g(t, y)}. */
final class ScaledField implements VectorField {
  private final VectorField field;
  private final DoubleUnaryOperator factor;
  private final ArrayPool pool;

  ScaledField(VectorField field, DoubleUnaryOperator factor, ArrayPool pool) {
    this.field = field;
    this.factor = factor;
    this.pool = pool;
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    field.evaluate(t, y, out);
    out.muli(factor.applyAsDouble(t));
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    double scale = factor.applyAsDouble(t);
    // products may read g's own result, which f's does not tell where the factor is 0
    INDArray unscaled = pool.borrow(out.shape());
    KeptEvaluation kept = field.evaluateAndKeep(t, y, unscaled);
    out.assign(unscaled);
    out.muli(scale);
    if (kept.readsResult()) {
      return new Evaluation(kept, scale, unscaled);
    }
    pool.giveBack(unscaled);
    return new Evaluation(kept, scale, null);
  }

  @Override
  public INDArray parameterGradient() {
    return field.parameterGradient();
  }

  @Override
  public String locateNonFinite(double t, INDArray y) {
    return field.locateNonFinite(t, y);
  }

  private final class Evaluation implements KeptEvaluation {
    private final KeptEvaluation kept;
    private final double scale;
    private final INDArray unscaled;
    private boolean closed;

    /**
     * @param unscaled g's result, null if its products do not read it
     */
    Evaluation(KeptEvaluation kept, double scale, INDArray unscaled) {
      this.kept = kept;
      this.scale = scale;
      this.unscaled = unscaled;
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      cotangent.muli(scale);
      kept.pullback(cotangent, parameterScale, out);
    }

    @Override
    public void pushforward(INDArray tangent, INDArray out) {
      kept.pushforward(tangent, out);
      out.muli(scale);
    }

    @Override
    public boolean readsResult() {
      return false;
    }

    @Override
    public long keptBytes() {
      return kept.keptBytes() + (unscaled == null ? 0 : ArrayPool.bytes(unscaled));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        kept.close();
        if (unscaled != null) {
          pool.giveBack(unscaled);
        }
      }
    }
  }
}
