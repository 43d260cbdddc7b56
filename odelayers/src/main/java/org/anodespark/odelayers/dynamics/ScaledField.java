/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A field g times a number that is linear in time: {@code f(t, y) = (offset + slope t) g(t, y)}.
 */
final class ScaledField implements VectorField {
  private final VectorField field;
  private final double offset;
  private final double slope;
  private final ArrayPool pool;

  ScaledField(VectorField field, double offset, double slope, ArrayPool pool) {
    this.field = field;
    this.offset = offset;
    this.slope = slope;
    this.pool = pool;
  }

  private double factor(double t) {
    return offset + slope * t;
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    field.evaluate(t, y, out);
    out.muli(factor(t));
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    double scale = factor(t);
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
  public VectorField backwards() {
    return new ScaledField(field.backwards(), offset, slope, pool);
  }

  @Override
  public Jet jet(double time, double rate) {
    return new ScaledJet(field.jet(time, rate), factor(time), slope * rate);
  }

  @Override
  public INDArray parameterGradient() {
    return field.parameterGradient();
  }

  @Override
  public String locateNonFinite(double t, INDArray y) {
    return field.locateNonFinite(t, y);
  }

  /** The product with a factor of two coefficients. */
  private final class ScaledJet implements Jet {
    private final Jet jet;
    private final double scale;
    private final double growth;

    /** Coefficients of g. */
    private final List<INDArray> unscaled = new ArrayList<>();

    /** Gradient with respect to the coefficient above; null before the first pullback. */
    private INDArray above;

    ScaledJet(Jet jet, double scale, double growth) {
      this.jet = jet;
      this.scale = scale;
      this.growth = growth;
    }

    @Override
    public void next(INDArray y, INDArray out) {
      INDArray coefficient = pool.borrow(out.shape());
      unscaled.add(coefficient);
      jet.next(y, coefficient);
      out.assign(coefficient).muli(scale);
      if (unscaled.size() > 1) {
        LinearCombination.add(out, growth, unscaled.get(unscaled.size() - 2));
      }
    }

    @Override
    public void pullback(INDArray cotangent, INDArray out) {
      INDArray ofUnscaled = pool.borrow(cotangent.shape());
      ofUnscaled.assign(cotangent).muli(scale);
      if (above == null) {
        above = pool.borrow(cotangent.shape());
      } else {
        LinearCombination.add(ofUnscaled, growth, above);
      }
      above.assign(cotangent);
      jet.pullback(ofUnscaled, out);
      pool.giveBack(ofUnscaled);
    }

    @Override
    public void close() {
      jet.close();
      unscaled.forEach(pool::giveBack);
      unscaled.clear();
      if (above != null) {
        pool.giveBack(above);
        above = null;
      }
    }
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
