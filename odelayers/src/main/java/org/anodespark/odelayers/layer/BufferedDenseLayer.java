/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.DefaultParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.DefaultParamInitializer.WEIGHT_KEY;

import java.util.Arrays;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link BufferedDense}. */
public class BufferedDenseLayer extends AbstractBufferedLayer<BufferedDense>
    implements TimeChannelLayer {
  private static final long serialVersionUID = 1L;
  private static final long[] NONE = {};

  private static final int INPUTS_OF_WEIGHTS = 0;

  private final transient LinearKernel kernel;
  private final transient LinearKernel linear;

  BufferedDenseLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    kernel = KernelBackend.kernels(dataType).dense(layerConf().follower());
    linear = KernelBackend.kernels(dataType).dense(Nonlinearity.IDENTITY);
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
    if (inputShape.length != 2) {
      throw new DL4JInvalidInputException(
          Inputs.name(layerConf())
              + " takes rows [N, C], but was given an array of shape "
              + Arrays.toString(inputShape)
              + ".");
    }
    Inputs.requireChannels(channels, inputShape, layerConf());
    return new long[] {inputShape[0], layerConf().getNOut()};
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
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    Inputs.refuseMask(mask, layerConf());
    return super.feedForwardMaskArray(null, state, minibatchSize);
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
