/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Optional;
import java.util.function.Supplier;
import org.anodespark.odelayers.kernel.ConversionKernel;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Parts;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Passes through a linear kernel whose last input channel is the time, equal for all examples and
 * everywhere in an image. A linear function of [x, t] is the sum of one of x and one of t, and that
 * of t is the same for all examples: so it is computed for one of them, with the layer's bias, and
 * is the bias of the one of x.
 */
final class TimedLinearPasses implements TimedPasses {
  private final LinearKernel kernel;
  private final LinearKernel kernelOfTime;
  private final Nonlinearity follower;
  private final WeightsByChannel parts;
  private final Weights weights;
  private final Weights weightsOfTime;
  private final INDArray bias;
  private final Supplier<ParameterSlices> gradient;
  private final ArrayPool pool;

  /**
   * @param kernel the layer's
   * @param kernelOfTime the same without a nonlinearity behind it
   * @param follower that nonlinearity
   * @param channelAxis the axis of the weights for the channels of the input
   * @param weights in the order of the layer
   * @param bias null if there is none
   * @param gradient where the gradients of the parameters go, asked for in the backward pass
   * @param pool lends scratch memory, and what the weights are copied to
   */
  TimedLinearPasses(
      LinearKernel kernel,
      LinearKernel kernelOfTime,
      Nonlinearity follower,
      int channelAxis,
      INDArray weights,
      INDArray bias,
      Supplier<ParameterSlices> gradient,
      ArrayPool pool) {
    this.kernel = kernel;
    this.kernelOfTime = kernelOfTime;
    this.follower = follower;
    this.bias = bias;
    this.gradient = gradient;
    this.pool = pool;
    parts =
        new WeightsByChannel(
            channelAxis, KernelBackend.kernels(weights.dataType()).conversion(), pool);
    this.weights = new Weights(parts.copy(parts.withoutLast(weights)), pool);
    this.weightsOfTime = new Weights(parts.copy(parts.last(weights)), pool);
  }

  @Override
  public LayerPasses at(double time) {
    return new Passes(kernel, time, bias, gradient);
  }

  @Override
  public Optional<Jet> jet(double time, double rate) {
    return Optional.of(new LinearJet(coefficient -> sums(coefficient, time, rate), follower, pool));
  }

  private LayerPasses sums(int coefficient, double time, double rate) {
    return coefficient == 0
        ? new Passes(kernelOfTime, time, bias, gradient)
        : new Passes(
            kernelOfTime, coefficient == 1 ? rate : 0.0, null, LinearJet.withoutBias(gradient));
  }

  @Override
  public void close() {
    for (Weights each : new Weights[] {weights, weightsOfTime}) {
      each.close();
      parts.giveBack(each.plain());
    }
  }

  /** The shape of one example, with another number of channels. */
  private static long[] ofOneExample(INDArray array, long channels) {
    long[] shape = array.shape().clone();
    shape[0] = 1;
    shape[shape.length - 1] = channels;
    return shape;
  }

  /** The weights by channels of the input: all but the last, and the last. */
  private record WeightsByChannel(int axis, ConversionKernel copying, ArrayPool pool) {
    INDArray withoutLast(INDArray all) {
      return Parts.along(all, axis, 0, all.size(axis) - 1);
    }

    INDArray last(INDArray all) {
      return Parts.along(all, axis, all.size(axis) - 1, 1);
    }

    /** A borrowed array of the same shape and order that is contiguous. */
    INDArray like(INDArray part) {
      if (part.ordering() == 'f') {
        return pool.borrow(part.transpose().shape()).transpose();
      }
      return pool.borrow(part.shape());
    }

    INDArray copy(INDArray part) {
      INDArray copy = like(part);
      copying.copyPart(part, copy);
      return copy;
    }

    /** Puts the gradients of all channels but the last, and of the last, to where they belong. */
    void join(INDArray withoutLast, INDArray last, INDArray all) {
      copying.copyPart(withoutLast, withoutLast(all));
      copying.copyPart(last, last(all));
    }

    void giveBack(INDArray like) {
      pool.giveBack(like.ordering() == 'f' ? like.transpose() : like);
    }
  }

  private final class Passes implements LayerPasses {
    private final LinearKernel kernel;
    private final double time;
    private final INDArray bias;
    private final Supplier<ParameterSlices> gradient;

    /**
     * @param kernel of the state, with or without what follows
     */
    Passes(LinearKernel kernel, double time, INDArray bias, Supplier<ParameterSlices> gradient) {
      this.kernel = kernel;
      this.time = time;
      this.bias = bias;
      this.gradient = gradient;
    }

    @Override
    public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
      INDArray input = borrowTime(x);
      INDArray offset = pool.borrow(ofOneExample(y, y.size(y.rank() - 1)));
      kernelOfTime.forward(input, weightsOfTime, bias, offset, pool);
      kernel.forward(x, weights, offset, y, pool);
      pool.giveBack(offset);
      pool.giveBack(input);
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      kernel.pushforward(y, weights, dx, dy, pool);
    }

    @Override
    public void backward(
        INDArray x,
        INDArray y,
        INDArray statistics,
        INDArray dy,
        INDArray dx,
        boolean ofParameters) {
      if (!ofParameters) {
        kernel.backward(x, weights, y, dy, dx, null, pool);
        return;
      }
      ParameterSlices result = gradient.get();
      INDArray ofState = parts.like(parts.withoutLast(result.weights()));
      INDArray ofOffset = pool.borrow(ofOneExample(dy, dy.size(dy.rank() - 1)));
      kernel.backward(x, weights, y, dy, dx, new ParameterSlices(ofState, ofOffset), pool);
      INDArray input = borrowTime(x);
      INDArray ofInput = pool.borrow(input.shape());
      INDArray ofTime = parts.like(parts.last(result.weights()));
      kernelOfTime.backward(
          input,
          weightsOfTime,
          null,
          ofOffset,
          ofInput,
          new ParameterSlices(ofTime, result.bias()),
          pool);
      parts.join(ofState, ofTime, result.weights());
      parts.giveBack(ofState);
      parts.giveBack(ofTime);
      pool.giveBack(ofOffset);
      pool.giveBack(ofInput);
      pool.giveBack(input);
    }

    /** The channel of the time, of one example. */
    private INDArray borrowTime(INDArray x) {
      INDArray channel = pool.borrow(ofOneExample(x, 1));
      channel.assign(time);
      return channel;
    }
  }
}
