/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link LayerBlock}: those of its layers one after the other in one flat view,
 * named {@code INDEX.NAME}, e.g. {@code 0.W}, {@code 1.gamma}. (An underscore would not do: DL4J
 * cuts the layer's name off a parameter at the last one.)
 */
final class LayerBlockParameters implements ParamInitializer {
  static final LayerBlockParameters INSTANCE = new LayerBlockParameters();

  private static final String SEPARATOR = ".";

  private LayerBlockParameters() {}

  /** The name of a parameter of layer {@code index} in the block. */
  static String name(int index, String parameter) {
    return index + SEPARATOR + parameter;
  }

  /** The layer's own name of a parameter of the block. */
  static String nameInLayer(String parameter) {
    return parameter.substring(separator(parameter) + 1);
  }

  /** The index of the layer that a parameter of the block belongs to. */
  static int layerIndex(String parameter) {
    return Integer.parseInt(parameter.substring(0, separator(parameter)));
  }

  private static int separator(String parameter) {
    int separator = parameter.indexOf(SEPARATOR);
    if (separator < 1) {
      throw new IllegalArgumentException(
          "\"" + parameter + "\" is no parameter of a block; expected INDEX.NAME, e.g. 0.W.");
    }
    return separator;
  }

  /** Cuts a flat view into the slices of the layers; empty views for layers without parameters. */
  static List<INDArray> slices(LayerBlock block, INDArray flat) {
    List<INDArray> slices = new ArrayList<>();
    long start = 0;
    for (Layer layer : block.innerLayers()) {
      long length = layer.initializer().numParams(layer);
      slices.add(length == 0 ? null : slice(flat, start, start + length));
      start += length;
    }
    return slices;
  }

  private static INDArray slice(INDArray flat, long start, long end) {
    return flat.reshape(1, flat.length())
        .get(NDArrayIndex.interval(0, 0, true), NDArrayIndex.interval(start, end));
  }

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return ((LayerBlock) layer)
        .innerLayers().stream().mapToLong(child -> child.initializer().numParams(child)).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return keys(layer, child -> child.initializer().paramKeys(child));
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, child -> child.initializer().weightKeys(child));
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, child -> child.initializer().biasKeys(child));
  }

  private static List<String> keys(Layer block, Function<Layer, List<String>> keysOfLayer) {
    List<String> names = new ArrayList<>();
    List<Layer> inner = ((LayerBlock) block).innerLayers();
    for (int i = 0; i < inner.size(); i++) {
      for (String key : keysOfLayer.apply(inner.get(i))) {
        names.add(name(i, key));
      }
    }
    return names;
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    Layer child = child(layer, key);
    return child.initializer().isWeightParam(child, nameInLayer(key));
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    Layer child = child(layer, key);
    return child.initializer().isBiasParam(child, nameInLayer(key));
  }

  private static Layer child(Layer block, String key) {
    return ((LayerBlock) block).innerLayers().get(layerIndex(key));
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
    Map<String, INDArray> table =
        tables(
            configuration,
            parameters,
            (child, view) -> child.getLayer().initializer().init(child, view, initialize));
    configuration.setVariables(new ArrayList<>(table.keySet()));
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray gradient) {
    return tables(
        configuration,
        gradient,
        (child, view) -> child.getLayer().initializer().getGradientsFromFlattened(child, view));
  }

  private static Map<String, INDArray> tables(
      NeuralNetConfiguration configuration,
      INDArray flat,
      BiFunction<NeuralNetConfiguration, INDArray, Map<String, INDArray>> tableOfLayer) {
    LayerBlock block = (LayerBlock) configuration.getLayer();
    List<INDArray> slices = slices(block, flat);
    Map<String, INDArray> table = new LinkedHashMap<>();
    for (int i = 0; i < slices.size(); i++) {
      if (slices.get(i) != null) {
        NeuralNetConfiguration child = childConfiguration(configuration, block, i);
        for (Map.Entry<String, INDArray> entry :
            tableOfLayer.apply(child, slices.get(i)).entrySet()) {
          table.put(name(i, entry.getKey()), entry.getValue());
        }
      }
    }
    return table;
  }

  /** The network-wide settings with one layer of the block in the block's place. */
  static NeuralNetConfiguration childConfiguration(
      NeuralNetConfiguration configuration, LayerBlock block, int index) {
    NeuralNetConfiguration child = configuration.clone();
    child.setLayer(block.innerLayers().get(index));
    child.clearVariables();
    return child;
  }
}
