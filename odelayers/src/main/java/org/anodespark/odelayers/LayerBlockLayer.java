/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a {@link LayerBlock}, as far as its parameters go: those of the layers inside, in one flat
 * view, by the names of {@link LayerBlockParameters}.
 */
abstract class LayerBlockLayer<C extends LayerBlock> extends AbstractLayer<C> {
  private static final long serialVersionUID = 1L;

  final List<Layer> layers;

  private INDArray parameters;
  private INDArray gradients;
  private transient Map<String, INDArray> gradientViews = Map.of();

  LayerBlockLayer(NeuralNetConfiguration configuration, DataType dataType, List<Layer> layers) {
    super(configuration, dataType);
    this.layers = List.copyOf(layers);
  }

  /**
   * The layers inside have their gradient views.
   *
   * @param view the gradients of all parameters
   * @param views the same by name
   */
  abstract void attachGradients(INDArray view, Map<String, INDArray> views);

  @Override
  public final Gradient gradient() {
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);
    return gradient;
  }

  @Override
  public void clear() {
    layers.forEach(Layer::clear);
    super.clear();
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // weight noise is refused when the block is built
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return layers
        .get(LayerBlockParameters.layerIndex(parameter))
        .updaterDivideByMinibatch(LayerBlockParameters.nameInLayer(parameter));
  }

  @Override
  public INDArray params() {
    return parameters;
  }

  @Override
  public long numParams() {
    return parameters == null ? 0 : parameters.length();
  }

  @Override
  public void setParamsViewArray(INDArray view) {
    parameters = view;
  }

  @Override
  public void setParams(INDArray values) {
    if (values != parameters) {
      parameters.assign(values.reshape(parameters.shape()));
    }
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    List<INDArray> slices = LayerBlockParameters.slices(layerConf(), view);
    for (int i = 0; i < layers.size(); i++) {
      if (slices.get(i) != null) {
        layers.get(i).setBackpropGradientsViewArray(slices.get(i));
      }
    }
    gradientViews = LayerBlockParameters.INSTANCE.getGradientsFromFlattened(conf, view);
    attachGradients(view, gradientViews);
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropParametersOnly) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      int index = i;
      layers
          .get(i)
          .paramTable(backpropParametersOnly)
          .forEach(
              (parameter, value) -> table.put(LayerBlockParameters.name(index, parameter), value));
    }
    return table;
  }

  @Override
  public INDArray getParam(String parameter) {
    return layers
        .get(LayerBlockParameters.layerIndex(parameter))
        .getParam(LayerBlockParameters.nameInLayer(parameter));
  }

  @Override
  public void setParam(String parameter, INDArray value) {
    layers
        .get(LayerBlockParameters.layerIndex(parameter))
        .setParam(LayerBlockParameters.nameInLayer(parameter), value);
  }

  @Override
  public void setParamTable(Map<String, INDArray> table) {
    table.forEach(this::setParam);
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    return layers.stream()
        .mapToDouble(layer -> layer.calcRegularizationScore(backpropParametersOnly))
        .sum();
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    layers.forEach(layer -> layer.applyConstraints(iteration, epoch));
  }

  @Override
  public void setIterationCount(int iterationCount) {
    super.setIterationCount(iterationCount);
    layers.forEach(layer -> layer.setIterationCount(iterationCount));
  }

  @Override
  public void setEpochCount(int epochCount) {
    super.setEpochCount(epochCount);
    layers.forEach(layer -> layer.setEpochCount(epochCount));
  }

  @Override
  public void setCacheMode(CacheMode mode) {
    super.setCacheMode(mode);
    if (layers != null) {
      layers.forEach(layer -> layer.setCacheMode(mode));
    }
  }
}
