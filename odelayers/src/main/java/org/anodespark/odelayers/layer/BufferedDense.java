/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A fully connected layer, rows {@code [N, C_in]} to {@code [N, C_out]}, with DL4J's own parameters
 * (weights {@code [C_in, C_out]}, bias {@code [C_out]}), so that weights move freely between this
 * layer and DL4J's {@link DenseLayer}. No masks, no layer normalisation, no weight noise.
 *
 * <p>In a field it can take the time for the last channel of its input ({@link TimeChannelLayer}).
 *
 * <p>Identity (the default), ReLU, tanh or sigmoid may follow in the same pass; for another
 * activation put {@link BufferedActivation} or DL4J's {@code ActivationLayer} behind it.
 */
public class BufferedDense extends DenseLayer implements TakesTime {
  private static final long serialVersionUID = 1L;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public BufferedDense() {}

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    LayerValidation.assertNInNOutSet(
        "BufferedDense", getLayerName(), layerIndex, getNIn(), getNOut());
    return AbstractBufferedLayer.initialise(
        new BufferedDenseLayer(configuration, dataType),
        listeners,
        layerIndex,
        parameters,
        initializeParameters);
  }

  /** What follows in the same pass. */
  public Nonlinearity follower() {
    return FusedActivation.of(getActivationFn());
  }

  /** Builds the layer; {@code nOut} is required. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends DenseLayer.Builder {
    /**
     * Builds the layer.
     *
     * @throws DL4JInvalidConfigException for another activation than identity, ReLU, tanh or
     *     sigmoid, or with layer normalisation
     */
    @Override
    public BufferedDense build() {
      BufferedDense layer = LayerSettings.copy(super.build(), BufferedDense.class);
      if (layer.hasLayerNorm()) {
        throw new DL4JInvalidConfigException(
            Inputs.name(layer)
                + " has no layer normalisation; use DL4J's DenseLayer for hasLayerNorm(true).");
      }
      layer.setActivationFn(
          FusedActivation.require(layer.getActivationFn(), layer, Nonlinearity.followers()));
      return layer;
    }
  }
}
