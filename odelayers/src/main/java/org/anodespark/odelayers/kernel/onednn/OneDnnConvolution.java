/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.ConvolutionKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution by oneDNN, float32 or bfloat16, on channels-last images as they lie in memory. */
final class OneDnnConvolution implements ConvolutionKernel {
  private final ConvolutionGeometry geometry;
  private final Nonlinearity follower;

  OneDnnConvolution(ConvolutionGeometry geometry, Nonlinearity follower) {
    this.geometry = geometry;
    this.follower = follower;
  }

  @Override
  public void forward(INDArray x, Weights weights, INDArray bias, INDArray y, ArrayPool pool) {
    operations(x, y.dataType(), channels(y), bias != null, follower)
        .forward(x, weights, bias, y, pool);
  }

  @Override
  public void pushforward(INDArray y, Weights weights, INDArray dx, INDArray dy, ArrayPool pool) {
    operations(dx, dy.dataType(), channels(dy), false, Nonlinearity.IDENTITY)
        .forward(dx, weights, null, dy, pool);
    Elementwise.derivative(follower, y, dy, pool);
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
    Elementwise.derivative(follower, y, dy, pool);
    INDArray typed = Typed.as(x.dataType(), dy, pool);
    boolean bias = gradient != null && gradient.bias() != null;
    ConvolutionOperations operations =
        operations(x, dx.dataType(), channels(dy), bias, Nonlinearity.IDENTITY);
    operations.backwardData(typed, weights, dx, pool);
    if (gradient != null) {
      operations.backwardWeights(x, typed, gradient, pool);
    }
    Typed.giveBack(typed, dy, pool);
  }

  private ConvolutionOperations operations(
      INDArray x, DataType output, long outputChannels, boolean bias, Nonlinearity behind) {
    OneDnn library = OneDnn.ofCurrentThread();
    return library.operations(
        new ConvolutionOperations.Key(
            new ArrayForm(x), output, outputChannels, bias, geometry, behind),
        key -> new ConvolutionOperations(library, key));
  }

  private static long channels(INDArray images) {
    return images.size(3);
  }
}
