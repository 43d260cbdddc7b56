/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * DL4J's parameters of a convolution with fewer weights: {@code [C_out, C_in / groups, kH, kW]}.
 */
final class GroupedConvolutionParameters extends ConvolutionParamInitializer {
  static final GroupedConvolutionParameters INSTANCE = new GroupedConvolutionParameters();

  private GroupedConvolutionParameters() {}

  @Override
  public long numParams(Layer layer) {
    ChannelsLastConvolution bean = checked(layer);
    long[] shape = weightsShape(bean);
    return shape[0] * shape[1] * shape[2] * shape[3] + (bean.hasBias() ? bean.getNOut() : 0);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray gradientView) {
    ChannelsLastConvolution bean = checked(configuration.getLayer());
    INDArray flat = gradientView.reshape(gradientView.length());
    long biases = bean.hasBias() ? bean.getNOut() : 0;
    Map<String, INDArray> views = new LinkedHashMap<>();
    if (bean.hasBias()) {
      views.put(BIAS_KEY, flat.get(NDArrayIndex.interval(0, biases)));
    }
    views.put(
        WEIGHT_KEY,
        flat.get(NDArrayIndex.interval(biases, flat.length())).reshape('c', weightsShape(bean)));
    return views;
  }

  @Override
  protected INDArray createWeightMatrix(
      NeuralNetConfiguration configuration, INDArray view, boolean initialize) {
    ChannelsLastConvolution bean = checked(configuration.getLayer());
    long[] shape = weightsShape(bean);
    if (!initialize) {
      return WeightInitUtil.reshapeWeights(shape, view, 'c');
    }
    double window = (double) shape[2] * shape[3];
    double fanIn = shape[1] * window;
    double fanOut =
        (double) shape[0] / bean.getGroups() * window / bean.getStride()[0] / bean.getStride()[1];
    return bean.getWeightInitFn().init(fanIn, fanOut, shape, 'c', view);
  }

  private static long[] weightsShape(ChannelsLastConvolution bean) {
    return new long[] {
      bean.getNOut(),
      bean.getNIn() / bean.getGroups(),
      bean.getKernelSize()[0],
      bean.getKernelSize()[1]
    };
  }

  private static ChannelsLastConvolution checked(Layer layer) {
    ChannelsLastConvolution bean = (ChannelsLastConvolution) layer;
    if (bean.getNIn() % bean.getGroups() != 0 || bean.getNOut() % bean.getGroups() != 0) {
      throw new DL4JInvalidConfigException(
          Inputs.name(bean)
              + " has "
              + bean.getGroups()
              + " groups, which do not divide its "
              + bean.getNIn()
              + " channels in and "
              + bean.getNOut()
              + " out; choose a number that divides both.");
    }
    return bean;
  }
}
