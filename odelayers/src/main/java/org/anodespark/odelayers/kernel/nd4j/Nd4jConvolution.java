/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import java.util.Arrays;
import java.util.Objects;
import org.anodespark.odelayers.kernel.BiasForm;
import org.anodespark.odelayers.kernel.ColumnSums;
import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Parts;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution by ND4J's operations {@code conv2d} and {@code conv2d_bp}. They know no groups, so
 * each group is convolved by itself, between copies of its channels.
 */
final class Nd4jConvolution implements LinearKernel {
  private static final int CHANNELS_LAST = 1;
  private static final int WEIGHTS_OUT_IN_HEIGHT_WIDTH = 1;

  private final int[] arguments;
  private final int groups;
  private final Nonlinearity follower;

  Nd4jConvolution(ConvolutionGeometry geometry, Nonlinearity follower) {
    this.follower = follower.asFollower();
    groups = geometry.groups();
    arguments =
        new int[] {
          geometry.kernelHeight(),
          geometry.kernelWidth(),
          geometry.strideHeight(),
          geometry.strideWidth(),
          geometry.paddingHeight(),
          geometry.paddingWidth(),
          geometry.dilationHeight(),
          geometry.dilationWidth(),
          geometry.same() ? 1 : 0,
          CHANNELS_LAST,
          WEIGHTS_OUT_IN_HEIGHT_WIDTH
        };
  }

  @Override
  public void forward(INDArray x, Weights weights, INDArray bias, INDArray y, ArrayPool pool) {
    boolean entries = BiasForm.of(bias, y) == BiasForm.ENTRIES;
    convolve(x, weights.plain(), entries ? null : bias, y, pool);
    if (entries) {
      INDArray examples = y.reshape('c', y.size(0), bias.length());
      Nd4j.getExecutioner()
          .exec(new BroadcastAddOp(examples, bias.reshape(bias.length()), examples, 1));
    }
    Nd4jFollower.forward(follower, y);
  }

  @Override
  public void pushforward(INDArray y, Weights weights, INDArray dx, INDArray dy, ArrayPool pool) {
    convolve(dx, weights.plain(), null, dy, pool);
    Nd4jFollower.derivative(follower, y, dy, pool);
  }

  @Override
  public void backward(
      INDArray x,
      Weights weights,
      INDArray y,
      INDArray dy,
      INDArray dx,
      ParameterSlices gradient,
      ArrayPool pool) {
    Nd4jFollower.derivative(follower, y, dy, pool);
    // conv2d_bp always gives all gradients
    INDArray dWeights =
        gradient == null ? pool.borrow(weights.plain().shape()) : gradient.weights();
    INDArray dBias = gradient == null ? null : gradient.bias();
    if (BiasForm.of(dBias, dy) == BiasForm.ENTRIES) {
      ColumnSums.ofExamples(dy, dBias, pool);
      dBias = null;
    }
    for (int group = 0; group < groups; group++) {
      backwardOfGroup(group, x, weights.plain(), dy, dx, dWeights, dBias, pool);
    }
    if (gradient == null) {
      pool.giveBack(dWeights);
    }
  }

  private void convolve(INDArray x, INDArray weights, INDArray bias, INDArray y, ArrayPool pool) {
    for (int group = 0; group < groups; group++) {
      INDArray input = part(x, 3, group, pool);
      INDArray output = groups == 1 ? y : pool.borrow(partShape(y, 3));
      run("conv2d", inputs(input, slice(weights, 0, group), slice(bias, group)), output);
      if (groups > 1) {
        slice(y, 3, group).assign(output);
        pool.giveBack(output);
        pool.giveBack(input);
      }
    }
  }

  private void backwardOfGroup(
      int group,
      INDArray x,
      INDArray weights,
      INDArray dy,
      INDArray dx,
      INDArray dWeights,
      INDArray dBias,
      ArrayPool pool) {
    INDArray input = part(x, 3, group, pool);
    INDArray outputGradient = part(dy, 3, group, pool);
    INDArray inputGradient = groups == 1 ? dx : pool.borrow(partShape(dx, 3));
    INDArray weightsOfGroup = slice(weights, 0, group);
    INDArray weightsGradient = slice(dWeights, 0, group);
    if (dBias == null) {
      run(
          "conv2d_bp",
          inputs(input, weightsOfGroup, outputGradient),
          inputGradient,
          weightsGradient);
    } else {
      INDArray biasGradient = slice(dBias, group);
      // the operation wants a bias, of which it reads the shape only
      run(
          "conv2d_bp",
          inputs(input, weightsOfGroup, biasGradient, outputGradient),
          inputGradient,
          weightsGradient,
          biasGradient);
    }
    if (groups > 1) {
      slice(dx, 3, group).assign(inputGradient);
      pool.giveBack(inputGradient);
      pool.giveBack(outputGradient);
      pool.giveBack(input);
    }
  }

  /** A group's part of an array, as a borrowed copy; the array itself if there is one group. */
  private INDArray part(INDArray array, int axis, int group, ArrayPool pool) {
    if (groups == 1) {
      return array;
    }
    INDArray copy = pool.borrow(partShape(array, axis));
    copy.assign(slice(array, axis, group));
    return copy;
  }

  private long[] partShape(INDArray array, int axis) {
    long[] shape = array.shape().clone();
    shape[axis] /= groups;
    return shape;
  }

  /** A view of a group's part of a vector; null of null. */
  private INDArray slice(INDArray vector, int group) {
    return vector == null ? null : slice(vector.reshape(vector.length()), 0, group);
  }

  private INDArray slice(INDArray array, int axis, int group) {
    if (groups == 1) {
      return array;
    }
    long width = array.size(axis) / groups;
    return Parts.along(array, axis, group * width, width);
  }

  private static INDArray[] inputs(INDArray... arrays) {
    return Arrays.stream(arrays).filter(Objects::nonNull).toArray(INDArray[]::new);
  }

  private void run(String operation, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments)
            .build());
  }
}
