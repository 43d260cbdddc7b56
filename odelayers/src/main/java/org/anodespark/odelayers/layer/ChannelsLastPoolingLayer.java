/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** Runs a {@link ChannelsLastPooling}. */
public class ChannelsLastPoolingLayer extends AbstractPoolingLayer<ChannelsLastPooling> {
  private static final long serialVersionUID = 1L;

  private final transient PoolingGeometry geometry;

  ChannelsLastPoolingLayer(NeuralNetConfiguration configuration, DataType dataType) {
    this(configuration, dataType, (ChannelsLastPooling) configuration.getLayer());
  }

  private ChannelsLastPoolingLayer(
      NeuralNetConfiguration configuration, DataType dataType, ChannelsLastPooling bean) {
    super(
        configuration,
        dataType,
        KernelBackend.kernels(dataType).pooling(bean.geometry(), bean.function()));
    geometry = bean.geometry();
  }

  @Override
  public long[] outputShape(long[] inputShape) {
    Inputs.requireImages(inputShape, layerConf());
    return new long[] {
      inputShape[0],
      geometry.outputHeight(inputShape[1]),
      geometry.outputWidth(inputShape[2]),
      inputShape[3]
    };
  }
}
