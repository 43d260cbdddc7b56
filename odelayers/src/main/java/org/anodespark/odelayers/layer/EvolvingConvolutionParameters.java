/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.layer.WeightEvolution.Coefficient;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of an {@link EvolvingConvolution}: DL4J's, and behind them the coefficients. */
final class EvolvingConvolutionParameters implements ParamInitializer {
  static final EvolvingConvolutionParameters INSTANCE = new EvolvingConvolutionParameters();

  /** By delegation: its {@code init} asks itself for the number of parameters. */
  private static final ParamInitializer PLAIN = ConvolutionParamInitializer.getInstance();

  private EvolvingConvolutionParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return PLAIN.weightKeys(layer);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return PLAIN.isWeightParam(layer, key);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    List<String> keys = new ArrayList<>(paramKeys(layer));
    keys.removeAll(weightKeys(layer));
    return keys;
  }

  @Override
  public long numParams(Layer layer) {
    EvolvingConvolution bean = (EvolvingConvolution) layer;
    return PLAIN.numParams(layer) + bean.getEvolution().coefficients().size() * bean.getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(PLAIN.paramKeys(layer));
    ((EvolvingConvolution) layer).getEvolution().coefficients().forEach(c -> keys.add(c.name()));
    return keys;
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return PLAIN.isBiasParam(layer, key) || ((EvolvingConvolution) layer).isCoefficient(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
    EvolvingConvolution bean = (EvolvingConvolution) configuration.getLayer();
    INDArray flat = parameters.reshape(parameters.length());
    Map<String, INDArray> table =
        new LinkedHashMap<>(
            PLAIN.init(
                configuration,
                flat.get(NDArrayIndex.interval(0, PLAIN.numParams(bean))),
                initialize));
    for (Coefficient coefficient : bean.getEvolution().coefficients()) {
      INDArray view = slice(bean, table.size() - own(bean), flat);
      if (initialize) {
        view.assign(coefficient.initial());
      }
      table.put(coefficient.name(), view);
    }
    configuration.setVariables(new ArrayList<>(table.keySet()));
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray gradient) {
    EvolvingConvolution bean = (EvolvingConvolution) configuration.getLayer();
    INDArray flat = gradient.reshape(gradient.length());
    Map<String, INDArray> views =
        new LinkedHashMap<>(
            PLAIN.getGradientsFromFlattened(
                configuration, flat.get(NDArrayIndex.interval(0, PLAIN.numParams(bean)))));
    for (Coefficient coefficient : bean.getEvolution().coefficients()) {
      views.put(coefficient.name(), slice(bean, views.size() - own(bean), flat));
    }
    return views;
  }

  /** How many parameters have names of DL4J. */
  private static int own(EvolvingConvolution bean) {
    return bean.hasBias() ? 2 : 1;
  }

  /** All coefficients, {@code [K, C_out]}, of parameters or gradients. */
  static INDArray coefficients(EvolvingConvolution bean, INDArray all) {
    INDArray flat = all.reshape(all.length());
    int count = bean.getEvolution().coefficients().size();
    long start = flat.length() - count * bean.getNOut();
    return flat.get(NDArrayIndex.interval(start, flat.length()))
        .reshape('c', count, bean.getNOut());
  }

  private static INDArray slice(EvolvingConvolution bean, int index, INDArray flat) {
    long start = PLAIN.numParams(bean) + index * bean.getNOut();
    return flat.get(NDArrayIndex.interval(start, start + bean.getNOut()));
  }
}
