/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.kernel.ExtraChannel;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A field g on states with one channel more, as a field {@code f(t, y) = g(t, [y, t])}. */
final class FieldWithTimeChannel implements VectorField {
  private final VectorField field;
  private final boolean channelsLast;
  private final ArrayPool pool;

  /**
   * @param field g; gives arrays of the shape of y
   * @param channelsLast whether the channels are the last axis, instead of axis 1
   */
  FieldWithTimeChannel(VectorField field, boolean channelsLast, ArrayPool pool) {
    this.field = field;
    this.channelsLast = channelsLast;
    this.pool = pool;
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    INDArray wide = widen(y, t);
    field.evaluate(t, wide, out);
    pool.giveBack(wide);
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    INDArray wide = widen(y, t);
    return new Evaluation(field.evaluateAndKeep(t, wide, out), wide);
  }

  @Override
  public VectorField backwards() {
    return new FieldWithTimeChannel(field.backwards(), channelsLast, pool);
  }

  @Override
  public Jet jet(double time, double rate) {
    return new WideJet(field.jet(time, rate), time, rate);
  }

  @Override
  public INDArray parameterGradient() {
    return field.parameterGradient();
  }

  @Override
  public String locateNonFinite(double t, INDArray y) {
    INDArray wide = widen(y, t);
    String where = field.locateNonFinite(t, wide);
    pool.giveBack(wide);
    return where;
  }

  private INDArray widen(INDArray y, double value) {
    INDArray wide = pool.borrow(ExtraChannel.widen(y.shape(), axis(y)));
    ExtraChannel.append(y, axis(y), value, wide);
    return wide;
  }

  private int axis(INDArray array) {
    return channelsLast ? array.rank() - 1 : 1;
  }

  private final class WideJet implements Jet {
    private final Jet jet;
    private final double[] times;
    private final List<INDArray> wide = new ArrayList<>();

    WideJet(Jet jet, double time, double rate) {
      this.jet = jet;
      this.times = new double[] {time, rate};
    }

    @Override
    public void next(INDArray y, INDArray out) {
      int k = wide.size();
      wide.add(widen(y, k < times.length ? times[k] : 0.0));
      jet.next(wide.get(k), out);
    }

    @Override
    public void pullback(INDArray cotangent, INDArray out) {
      INDArray wideOut = pool.borrow(wide.get(0).shape());
      jet.pullback(cotangent, wideOut);
      ExtraChannel.drop(wideOut, axis(out), out);
      pool.giveBack(wideOut);
    }

    @Override
    public void close() {
      jet.close();
      wide.forEach(pool::giveBack);
      wide.clear();
    }
  }

  private final class Evaluation implements KeptEvaluation {
    private final KeptEvaluation kept;
    private final INDArray wide;
    private boolean closed;

    Evaluation(KeptEvaluation kept, INDArray wide) {
      this.kept = kept;
      this.wide = wide;
    }

    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      INDArray wideOut = pool.borrow(wide.shape());
      kept.pullback(cotangent, parameterScale, wideOut);
      ExtraChannel.drop(wideOut, axis(out), out);
      pool.giveBack(wideOut);
    }

    @Override
    public void pushforward(INDArray tangent, INDArray out) {
      INDArray wideTangent = widen(tangent, 0.0);
      kept.pushforward(wideTangent, out);
      pool.giveBack(wideTangent);
    }

    @Override
    public boolean readsResult() {
      return kept.readsResult();
    }

    @Override
    public long keptBytes() {
      return kept.keptBytes() + ArrayPool.bytes(wide);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        kept.close();
        pool.giveBack(wide);
      }
    }
  }
}
