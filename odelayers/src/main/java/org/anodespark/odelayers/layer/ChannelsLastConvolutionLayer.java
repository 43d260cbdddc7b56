/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.ConvolutionKernel;
import org.anodespark.odelayers.kernel.Rectifier;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ChannelsLastConvolution}. */
public class ChannelsLastConvolutionLayer extends AbstractBufferedLayer<ChannelsLastConvolution> {
  private static final long serialVersionUID = 1L;
  private static final long[] NONE = {};

  private final transient ConvolutionGeometry geometry;
  private final transient ConvolutionKernel kernel;

  ChannelsLastConvolutionLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    geometry = layerConf().geometry();
    kernel = new ConvolutionKernel(geometry);
  }

  @Override
  public Type type() {
    return Type.CONVOLUTIONAL;
  }

  @Override
  public boolean hasBias() {
    return layerConf().hasBias();
  }

  @Override
  public long[] outputShape(long[] inputShape) {
    return new long[] {
      inputShape[0],
      geometry.outputHeight(inputShape[1]),
      geometry.outputWidth(inputShape[2]),
      layerConf().getNOut()
    };
  }

  @Override
  public long[] statisticsShape() {
    return NONE;
  }

  @Override
  public boolean readsOutput() {
    return layerConf().rectified();
  }

  @Override
  public void forward(
      INDArray x, INDArray y, INDArray statistics, boolean training, ArrayPool pool) {
    kernel.forward(x, weights(), bias(), y);
    if (layerConf().rectified()) {
      Rectifier.forward(y);
    }
  }

  @Override
  public void pushforward(
      INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy, ArrayPool pool) {
    kernel.forward(dx, weights(), null, dy);
    rectifyDerivative(y, dy, pool);
  }

  @Override
  public void backward(
      INDArray x, INDArray y, INDArray statistics, INDArray dy, INDArray dx, ArrayPool pool) {
    rectifyDerivative(y, dy, pool);
    kernel.backward(
        x,
        weights(),
        bias(),
        dy,
        dx,
        gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
        gradientViews.get(ConvolutionParamInitializer.BIAS_KEY));
  }

  private void rectifyDerivative(INDArray y, INDArray d, ArrayPool pool) {
    if (layerConf().rectified()) {
      INDArray scratch = pool.borrow(d.shape());
      Rectifier.derivative(y, d, scratch);
      pool.giveBack(scratch);
    }
  }

  private INDArray weights() {
    return getParam(ConvolutionParamInitializer.WEIGHT_KEY);
  }

  private INDArray bias() {
    return getParam(ConvolutionParamInitializer.BIAS_KEY);
  }
}
