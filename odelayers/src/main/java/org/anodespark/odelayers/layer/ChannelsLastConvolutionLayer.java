/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.WEIGHT_KEY;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ChannelsLastConvolution}. */
public class ChannelsLastConvolutionLayer extends AbstractBufferedLayer<ChannelsLastConvolution>
    implements TimeChannelLayer {
  private static final long serialVersionUID = 1L;
  private static final long[] NONE = {};

  private static final int INPUTS_OF_WEIGHTS = 1;

  private final transient ConvolutionGeometry geometry;
  private final transient LinearKernel kernel;
  private final transient LinearKernel linear;

  ChannelsLastConvolutionLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    geometry = layerConf().geometry();
    kernel = KernelBackend.kernels(dataType).convolution(geometry, layerConf().follower());
    linear = KernelBackend.kernels(dataType).convolution(geometry, Nonlinearity.IDENTITY);
  }

  /** With what follows in the same pass. */
  final LinearKernel kernel() {
    return kernel;
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
    return outputShape(inputShape, layerConf().getNIn());
  }

  @Override
  public long[] outputShapeWithTime(long[] inputShape) {
    return outputShape(inputShape, layerConf().getNIn() - 1);
  }

  private long[] outputShape(long[] inputShape, long channels) {
    Inputs.requireImages(inputShape, layerConf());
    Inputs.requireChannels(channels, inputShape, layerConf());
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
  Precision precision() {
    return layerConf().getPrecision();
  }

  @Override
  public LayerPasses passes(ArrayPool pool) {
    return new LinearPasses(
        kernel,
        linear,
        layerConf().follower(),
        getParam(WEIGHT_KEY),
        getParam(BIAS_KEY),
        this::gradientSlices,
        pool);
  }

  @Override
  public TimedPasses passesWithTime(ArrayPool pool) {
    return new TimedLinearPasses(
        kernel,
        linear,
        layerConf().follower(),
        INPUTS_OF_WEIGHTS,
        getParam(WEIGHT_KEY),
        getParam(BIAS_KEY),
        this::gradientSlices,
        pool);
  }

  private ParameterSlices gradientSlices() {
    return new ParameterSlices(gradientViews.get(WEIGHT_KEY), gradientViews.get(BIAS_KEY));
  }
}
