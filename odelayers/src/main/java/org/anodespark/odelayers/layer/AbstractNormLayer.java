/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A layer that normalises: what comes out has the shape of what goes in, and gradients read the
 * input and the statistics that a pass has left.
 *
 * @param <C> the configuration bean
 */
abstract class AbstractNormLayer<C extends FeedForwardLayer> extends AbstractBufferedLayer<C> {
  private static final long serialVersionUID = 1L;

  AbstractNormLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public Type type() {
    return Type.NORMALIZATION;
  }

  @Override
  public long[] outputShape(long[] inputShape) {
    Inputs.requireChannels(layerConf().getNOut(), inputShape, layerConf());
    return inputShape;
  }

  @Override
  public boolean hasStatistics() {
    return true;
  }

  @Override
  public boolean readsInput() {
    return true;
  }
}
