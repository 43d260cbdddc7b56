/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Parameters of a normalisation: neither weights nor biases, so that no regularisation of those
 * reaches them.
 */
abstract class UnregularizedParameters implements ParamInitializer {
  @Override
  public final long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public final List<String> weightKeys(Layer layer) {
    return List.of();
  }

  @Override
  public final List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public final boolean isWeightParam(Layer layer, String key) {
    return false;
  }

  @Override
  public final boolean isBiasParam(Layer layer, String key) {
    return false;
  }
}
