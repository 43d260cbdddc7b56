/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.KernelBackend;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** Runs a {@link ChannelsLastGlobalAverage}. */
public class ChannelsLastGlobalAverageLayer
    extends AbstractPoolingLayer<ChannelsLastGlobalAverage> {
  private static final long serialVersionUID = 1L;

  ChannelsLastGlobalAverageLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType, KernelBackend.kernels(dataType).globalAverage());
  }

  @Override
  public long[] outputShape(long[] inputShape) {
    Inputs.requireImages(inputShape, layerConf());
    return new long[] {inputShape[0], inputShape[3]};
  }
}
