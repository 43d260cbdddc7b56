/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Optional;
import java.util.function.Supplier;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes through a linear kernel with a layer's weights and bias. */
final class LinearPasses implements LayerPasses {
  private final LinearKernel kernel;
  private final LinearKernel linear;
  private final Nonlinearity follower;
  private final Weights weights;
  private final INDArray bias;
  private final Supplier<ParameterSlices> gradient;
  private final ArrayPool pool;

  /**
   * @param kernel with the follower in its pass
   * @param linear the same without
   * @param follower what the layer applies behind it
   * @param weights in the order of the layer
   * @param bias null if there is none
   * @param gradient where the gradients of the parameters go, asked for in the backward pass
   * @param pool lends scratch memory, and what the weights are copied to
   */
  LinearPasses(
      LinearKernel kernel,
      LinearKernel linear,
      Nonlinearity follower,
      INDArray weights,
      INDArray bias,
      Supplier<ParameterSlices> gradient,
      ArrayPool pool) {
    this(kernel, linear, follower, new Weights(weights, pool), bias, gradient, pool);
  }

  private LinearPasses(
      LinearKernel kernel,
      LinearKernel linear,
      Nonlinearity follower,
      Weights weights,
      INDArray bias,
      Supplier<ParameterSlices> gradient,
      ArrayPool pool) {
    this.kernel = kernel;
    this.linear = linear;
    this.follower = follower;
    this.weights = weights;
    this.bias = bias;
    this.gradient = gradient;
    this.pool = pool;
  }

  @Override
  public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
    kernel.forward(x, weights, bias, y, pool);
  }

  @Override
  public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
    kernel.pushforward(y, weights, dx, dy, pool);
  }

  @Override
  public void backward(
      INDArray x, INDArray y, INDArray statistics, INDArray dy, INDArray dx, boolean ofParameters) {
    kernel.backward(x, weights, y, dy, dx, ofParameters ? gradient.get() : null, pool);
  }

  @Override
  public Optional<Jet> jet() {
    return Optional.of(new LinearJet(this::sums, follower, pool));
  }

  private LayerPasses sums(int coefficient) {
    return new LinearPasses(
        linear,
        linear,
        Nonlinearity.IDENTITY,
        weights,
        coefficient == 0 ? bias : null,
        coefficient == 0 ? gradient : LinearJet.withoutBias(gradient),
        pool);
  }

  @Override
  public void close() {
    weights.close();
  }
}
