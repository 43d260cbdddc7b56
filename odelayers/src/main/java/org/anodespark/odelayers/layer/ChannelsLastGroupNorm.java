/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import java.util.Objects;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalisation of channels-last images {@code [N, H, W, C]} or rows {@code [N, C]} (Wu and
 * He, ECCV 2018), with an optional ReLU in the same pass: each group of neighbouring channels of
 * each example gets mean 0 and variance 1, then each channel a scale and a shift, {@code gamma} and
 * {@code beta}, C numbers each.
 *
 * <p>There are no running statistics, and prediction computes what training does. In the field of
 * an ODE block it is therefore the same function of state and parameters at all times, which batch
 * norm is not.
 */
public class ChannelsLastGroupNorm extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  private static final double DEFAULT_EPSILON = 1e-5;

  private int groups = 1;
  private double eps = DEFAULT_EPSILON;
  private double gamma = 1.0;
  private double beta;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public ChannelsLastGroupNorm() {
    setActivationFn(new ActivationIdentity());
  }

  private ChannelsLastGroupNorm(Builder builder) {
    super(builder);
    groups = builder.groups;
    eps = builder.eps;
    gamma = builder.gamma;
    beta = builder.beta;
    setActivationFn(
        FusedActivation.require(
            builder.activation(), this, Nonlinearity.IDENTITY, Nonlinearity.RELU));
    if (groups < 1) {
      throw new DL4JInvalidConfigException(
          Inputs.name(this) + " has " + groups + " groups, expected at least 1.");
    }
    if (!(eps > 0)) {
      throw new DL4JInvalidConfigException(
          Inputs.name(this) + " adds " + eps + " to the variance, expected a number above 0.");
    }
  }

  /** Number of groups, a divisor of the number of channels. */
  public int getGroups() {
    return groups;
  }

  public void setGroups(int groups) {
    this.groups = groups;
  }

  /** What is added to the variance, above 0. */
  public double getEps() {
    return eps;
  }

  public void setEps(double eps) {
    this.eps = eps;
  }

  /** The scale to begin with. */
  public double getGamma() {
    return gamma;
  }

  public void setGamma(double gamma) {
    this.gamma = gamma;
  }

  /** The shift to begin with. */
  public double getBeta() {
    return beta;
  }

  public void setBeta(double beta) {
    this.beta = beta;
  }

  /** Whether a ReLU follows the normalisation. */
  public boolean rectified() {
    return FusedActivation.of(getActivationFn()) == Nonlinearity.RELU;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    LayerValidation.assertNOutSet("ChannelsLastGroupNorm", getLayerName(), layerIndex, getNOut());
    if (getNOut() % groups != 0) {
      throw new DL4JInvalidConfigException(
          Inputs.name(this)
              + " has "
              + groups
              + " groups, which do not divide its "
              + getNOut()
              + " channels; choose a number that does.");
    }
    return AbstractBufferedLayer.initialise(
        new ChannelsLastGroupNormLayer(configuration, dataType),
        listeners,
        layerIndex,
        parameters,
        initializeParameters);
  }

  @Override
  public ParamInitializer initializer() {
    return GroupNormParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    Inputs.requireChannelsLast(inputType, this);
    return inputType;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (getNIn() <= 0 || override) {
      long channels =
          inputType instanceof InputType.InputTypeConvolutional images
              ? images.getChannels()
              : inputType.arrayElementsPerExample();
      setNIn(channels);
      setNOut(channels);
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(
            getLayerName(), ChannelsLastGroupNorm.class, inputType, inputType)
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, 0, 2L * groups)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsLastGroupNorm that
        && super.equals(that)
        && groups == that.groups
        && eps == that.eps
        && gamma == that.gamma
        && beta == that.beta;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), groups, eps, gamma, beta);
  }

  /** Builds the layer; identity (the default) or ReLU may follow. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends FeedForwardLayer.Builder<Builder> {
    private final int groups;
    private double eps = DEFAULT_EPSILON;
    private double gamma = 1.0;
    private double beta;

    /**
     * @param groups of channels, at least 1, a divisor of their number
     */
    public Builder(int groups) {
      this.groups = groups;
    }

    /**
     * @param epsilon added to the variance, above 0
     */
    public Builder eps(double epsilon) {
      eps = epsilon;
      return this;
    }

    /**
     * @param scale to begin with
     */
    public Builder gamma(double scale) {
      gamma = scale;
      return this;
    }

    /**
     * @param shift to begin with
     */
    public Builder beta(double shift) {
      beta = shift;
      return this;
    }

    private IActivation activation() {
      return activationFn;
    }

    /**
     * Builds the layer.
     *
     * @throws DL4JInvalidConfigException for no groups, an epsilon that is not above 0, or another
     *     activation than identity or ReLU
     */
    @Override
    public ChannelsLastGroupNorm build() {
      return new ChannelsLastGroupNorm(this);
    }
  }
}
