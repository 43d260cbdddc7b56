/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The average over each image and channel, {@code [N, H, W, C]} to {@code [N, C]}, as DL4J's {@link
 * GlobalPoolingLayer} with {@link PoolingType#AVG} computes it. No masks.
 */
public class ChannelsLastGlobalAverage extends GlobalPoolingLayer {
  private static final long serialVersionUID = 1L;

  /** The layer; it has no settings. */
  public ChannelsLastGlobalAverage() {
    super(PoolingType.AVG);
    setPoolingDimensions(new int[] {1, 2});
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    return AbstractParameterlessLayer.initialise(
        new ChannelsLastGlobalAverageLayer(configuration, dataType), listeners, layerIndex);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    Inputs.requireChannelsLast(inputType, this);
    return super.getOutputType(layerIndex, inputType);
  }
}
