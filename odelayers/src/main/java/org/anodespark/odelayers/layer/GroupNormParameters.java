/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of a {@link ChannelsLastGroupNorm}: C scales and C shifts. */
final class GroupNormParameters extends UnregularizedParameters {
  static final GroupNormParameters INSTANCE = new GroupNormParameters();

  private GroupNormParameters() {}

  @Override
  public long numParams(Layer layer) {
    return 2 * ((ChannelsLastGroupNorm) layer).getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(GAMMA, BETA);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
    ChannelsLastGroupNorm bean = (ChannelsLastGroupNorm) configuration.getLayer();
    Map<String, INDArray> table = getGradientsFromFlattened(configuration, parameters);
    if (initialize) {
      table.get(GAMMA).assign(bean.getGamma());
      table.get(BETA).assign(bean.getBeta());
    }
    configuration.addVariable(GAMMA);
    configuration.addVariable(BETA);
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray gradient) {
    INDArray flat = gradient.reshape(gradient.length());
    long channels = flat.length() / 2;
    Map<String, INDArray> table = new LinkedHashMap<>();
    table.put(GAMMA, flat.get(NDArrayIndex.interval(0, channels)));
    table.put(BETA, flat.get(NDArrayIndex.interval(channels, 2 * channels)));
    return table;
  }
}
