/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of channels-last images {@code [N, H, W, C]} or rows {@code [N, C]}, with an
 * optional ReLU in the same pass, and DL4J's own parameters (gamma, beta, running mean and running
 * variance), so that weights move freely between this layer and DL4J's {@link BatchNormalization}.
 *
 * <p>As in DL4J, running statistics are parameters that change through pseudo-gradients: after an
 * iteration {@code running = decay * running + (1 - decay) * batch}. The variance is kept as a
 * variance, not as a logarithm, so that averages over workers and over the evaluations of one ODE
 * solve are averages of variances.
 */
public class ChannelsLastBatchNorm extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public ChannelsLastBatchNorm() {
    setUseLogStd(false);
    setCnn2DFormat(CNN2DFormat.NHWC);
    setActivationFn(new ActivationIdentity());
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    LayerValidation.assertNOutSet("ChannelsLastBatchNorm", getLayerName(), layerIndex, getNOut());
    return AbstractBufferedLayer.initialise(
        new ChannelsLastBatchNormLayer(configuration, dataType),
        listeners,
        layerIndex,
        parameters,
        initializeParameters);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    Inputs.requireChannelsLast(inputType, this);
    return super.getOutputType(layerIndex, inputType);
  }

  /** Whether a ReLU follows the normalisation. */
  public boolean rectified() {
    return FusedActivation.of(getActivationFn()) == Nonlinearity.RELU;
  }

  /** Builds the layer. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends BatchNormalization.Builder {
    /**
     * @param activation identity (the default) or ReLU
     */
    @Override
    public Builder activation(IActivation activation) {
      super.activation(activation);
      return this;
    }

    /** As {@link #activation(IActivation)}. */
    @Override
    public Builder activation(Activation activation) {
      super.activation(activation);
      return this;
    }

    @Override
    public Builder decay(double decay) {
      super.decay(decay);
      return this;
    }

    /**
     * Builds the layer.
     *
     * @throws DL4JInvalidConfigException for another activation than identity or ReLU, or with
     *     gamma and beta locked
     */
    @Override
    public ChannelsLastBatchNorm build() {
      return fill(new ChannelsLastBatchNorm());
    }

    /** Gives a layer what this builder was told. */
    final <T extends ChannelsLastBatchNorm> T fill(T layer) {
      if (isLockGammaBeta()) {
        throw new DL4JInvalidConfigException(
            "ChannelsLastBatchNorm (layer name: "
                + layerName
                + ") always learns gamma and beta; lockGammaBeta(true) is not supported.");
      }
      layer.setLayerName(layerName);
      layer.setActivationFn(
          FusedActivation.require(activationFn, layer, Nonlinearity.IDENTITY, Nonlinearity.RELU));
      layer.setNIn(getNIn());
      layer.setNOut(getNOut());
      layer.setDecay(getDecay());
      layer.setEps(getEps());
      layer.setGamma(getGamma());
      layer.setBeta(getBeta());
      layer.setMinibatch(isMinibatch());
      layer.setIUpdater(iupdater);
      layer.setBiasUpdater(biasUpdater);
      return layer;
    }
  }
}
