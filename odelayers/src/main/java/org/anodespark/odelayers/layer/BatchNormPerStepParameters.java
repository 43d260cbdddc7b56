/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link ChannelsLastBatchNormPerStep}: those of one batch norm after the
 * other, with the number of the step behind each name.
 */
final class BatchNormPerStepParameters extends UnregularizedParameters {
  static final BatchNormPerStepParameters INSTANCE = new BatchNormPerStepParameters();

  private static final BatchNormalizationParamInitializer ONE =
      BatchNormalizationParamInitializer.getInstance();

  private BatchNormPerStepParameters() {}

  /** The name of a parameter of one step. */
  static String name(String kind, int step) {
    return kind + step;
  }

  /** What a parameter is, without the number of the step. */
  static String kind(String parameter) {
    return parameter.substring(0, digits(parameter));
  }

  /** The step that a parameter belongs to. */
  static int step(String parameter) {
    return Integer.parseInt(parameter.substring(digits(parameter)));
  }

  private static int digits(String parameter) {
    int end = parameter.length();
    while (end > 0 && Character.isDigit(parameter.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static int steps(Layer layer) {
    return ((ChannelsLastBatchNormPerStep) layer).getSteps();
  }

  @Override
  public long numParams(Layer layer) {
    return steps(layer) * ONE.numParams(layer);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>();
    for (int step = 0; step < steps(layer); step++) {
      for (String kind : ONE.paramKeys(layer)) {
        keys.add(name(kind, step));
      }
    }
    return keys;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
    Map<String, INDArray> table =
        ofAllSteps(
            configuration.getLayer(),
            parameters,
            part -> ONE.init(configuration, part, initialize));
    configuration.setVariables(new ArrayList<>(table.keySet()));
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray gradient) {
    return ofAllSteps(
        configuration.getLayer(),
        gradient,
        part -> ONE.getGradientsFromFlattened(configuration, part));
  }

  private static Map<String, INDArray> ofAllSteps(
      Layer layer, INDArray flat, Function<INDArray, Map<String, INDArray>> ofOneStep) {
    INDArray all = flat.reshape(flat.length());
    long length = ONE.numParams(layer);
    Map<String, INDArray> table = new LinkedHashMap<>();
    for (int number = 0; number < steps(layer); number++) {
      int step = number;
      INDArray part = all.get(NDArrayIndex.interval(step * length, (step + 1) * length));
      ofOneStep.apply(part).forEach((kind, value) -> table.put(name(kind, step), value));
    }
    return table;
  }
}
