/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityJet;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The jet of an affine function with a nonlinearity behind it: the linear function of each
 * coefficient, what is constant in the first one only.
 */
final class LinearJet implements Jet {
  private final IntFunction<LayerPasses> sums;
  private final ArrayPool pool;

  /** Null if nothing follows. */
  private final NonlinearityJet follower;

  private final List<INDArray> inputs = new ArrayList<>();

  /** Coefficients of the sums, where something follows. */
  private final List<INDArray> kept = new ArrayList<>();

  private int reversed;

  /**
   * @param sums passes through the affine function alone for each coefficient, not closed here
   * @param follower what comes behind it
   * @param pool lends what is kept
   */
  LinearJet(IntFunction<LayerPasses> sums, Nonlinearity follower, ArrayPool pool) {
    this.sums = sums;
    this.pool = pool;
    this.follower = follower == Nonlinearity.IDENTITY ? null : new NonlinearityJet(follower, pool);
  }

  /** Where gradients go for coefficients on which the bias has no influence. */
  static Supplier<ParameterSlices> withoutBias(Supplier<ParameterSlices> gradient) {
    return () -> {
      ParameterSlices slices = gradient.get();
      if (slices.bias() != null) {
        slices.bias().assign(0.0);
      }
      return new ParameterSlices(slices.weights(), null);
    };
  }

  @Override
  public void next(INDArray x, INDArray y) {
    INDArray sum = follower == null ? y : pool.borrow(y.shape());
    sums.apply(inputs.size()).forward(x, sum, null, true);
    inputs.add(x);
    if (follower != null) {
      kept.add(sum);
      follower.next(sum, y);
    }
  }

  @Override
  public void pullback(INDArray dy, INDArray dx) {
    INDArray ofSum = dy;
    if (follower != null) {
      ofSum = pool.borrow(dy.shape());
      follower.pullback(dy, ofSum);
    }
    reversed++;
    int k = inputs.size() - reversed;
    sums.apply(k).backward(inputs.get(k), null, null, ofSum, dx, true);
    if (ofSum != dy) {
      pool.giveBack(ofSum);
    }
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
    kept.forEach(pool::giveBack);
    kept.clear();
  }
}
