/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.ConvolutionKernel;
import org.anodespark.odelayers.kernel.ConvolutionKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.kernel.Weights;
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
    kernel = KernelBackend.kernels(dataType).convolution(geometry, layerConf().follower());
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
  public long[] statisticsShape(INDArray x) {
    return NONE;
  }

  @Override
  public boolean hasStatistics() {
    return false;
  }

  @Override
  public boolean readsInput() {
    return true;
  }

  @Override
  public boolean readsOutput() {
    return layerConf().follower() != Nonlinearity.IDENTITY;
  }

  @Override
  public LayerPasses passes(ArrayPool pool) {
    return new Passes(pool);
  }

  @Override
  Precision precision() {
    return layerConf().getPrecision();
  }

  private INDArray bias() {
    return getParam(ConvolutionParamInitializer.BIAS_KEY);
  }

  private final class Passes implements LayerPasses {
    private final ArrayPool pool;
    private final Weights weights;

    Passes(ArrayPool pool) {
      this.pool = pool;
      weights = new Weights(getParam(ConvolutionParamInitializer.WEIGHT_KEY), pool);
    }

    @Override
    public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
      kernel.forward(x, weights, bias(), y, pool);
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
      ParameterSlices gradient =
          ofParameters
              ? new ParameterSlices(
                  gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
                  gradientViews.get(ConvolutionParamInitializer.BIAS_KEY))
              : null;
      kernel.backward(x, weights, y, dy, dx, gradient, pool);
    }

    @Override
    public void close() {
      weights.close();
    }
  }
}
