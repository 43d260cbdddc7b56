/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityJet;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The jet of an affine function with a nonlinearity behind it: the linear function of each
 * coefficient, the bias in the first one only.
 */
final class LinearJet implements Jet {
  private final LinearKernel linear;
  private final Weights weights;
  private final INDArray bias;
  private final Supplier<ParameterSlices> gradient;
  private final ArrayPool pool;

  /** Null if nothing follows. */
  private final NonlinearityJet follower;

  private final List<INDArray> inputs = new ArrayList<>();

  /** Coefficients of the sums, where something follows. */
  private final List<INDArray> sums = new ArrayList<>();

  private int reversed;

  /**
   * @param linear without a nonlinearity
   * @param follower what comes behind it
   */
  LinearJet(
      LinearKernel linear,
      Nonlinearity follower,
      Weights weights,
      INDArray bias,
      Supplier<ParameterSlices> gradient,
      ArrayPool pool) {
    this.linear = linear;
    this.weights = weights;
    this.bias = bias;
    this.gradient = gradient;
    this.pool = pool;
    this.follower = follower == Nonlinearity.IDENTITY ? null : new NonlinearityJet(follower, pool);
  }

  @Override
  public void next(INDArray x, INDArray y) {
    INDArray sum = follower == null ? y : pool.borrow(y.shape());
    if (inputs.isEmpty()) {
      linear.forward(x, weights, bias, sum, pool);
    } else {
      linear.pushforward(null, weights, x, sum, pool);
    }
    inputs.add(x);
    if (follower != null) {
      sums.add(sum);
      follower.next(sum, y);
    }
  }

  @Override
  public void pullback(INDArray dy, INDArray dx) {
    reversed++;
    int k = inputs.size() - reversed;
    if (follower == null) {
      pullbackSum(k, dy, dx);
      return;
    }
    INDArray ofSum = pool.borrow(dy.shape());
    follower.pullback(dy, ofSum);
    pullbackSum(k, ofSum, dx);
    pool.giveBack(ofSum);
  }

  private void pullbackSum(int k, INDArray ofSum, INDArray dx) {
    ParameterSlices slices = gradient.get();
    boolean withBias = k == 0 || slices.bias() == null;
    linear.backward(
        inputs.get(k),
        weights,
        null,
        ofSum,
        dx,
        withBias ? slices : new ParameterSlices(slices.weights(), null),
        pool);
    if (!withBias) {
      slices.bias().assign(0.0);
    }
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
    sums.forEach(pool::giveBack);
    sums.clear();
  }
}
