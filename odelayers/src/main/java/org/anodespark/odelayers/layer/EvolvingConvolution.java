/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.WEIGHT_KEY;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * A {@link ChannelsLastConvolution} whose weights evolve with the time of the ODE block around it:
 * at time t it convolves with w(t), where w(0) and the coefficients of a {@link WeightEvolution}
 * are learned. {@code OdeBlock.Builder.evolution} makes one of every convolution of a field.
 *
 * <p>Parameters are those of the convolution, and {@code C_out} numbers by the name of each
 * coefficient. Coefficients are regularised as biases are, and put back to their minimum when an
 * update has left them below. The time cannot be a channel of the input, too.
 */
public class EvolvingConvolution extends ChannelsLastConvolution {
  private static final long serialVersionUID = 1L;

  private WeightEvolution evolution;
  private EvolutionTiming timing = EvolutionTiming.ALONGSIDE;

  /** For JSON; {@link #of} makes one otherwise. */
  public EvolvingConvolution() {}

  /**
   * A convolution with the settings of another one, whose weights evolve.
   *
   * @param convolution left as it is; 1 group
   * @param evolution how
   * @param timing when
   * @throws DL4JInvalidConfigException if it has more groups
   */
  public static EvolvingConvolution of(
      ChannelsLastConvolution convolution, WeightEvolution evolution, EvolutionTiming timing) {
    if (convolution.getGroups() > 1) {
      throw new DL4JInvalidConfigException(
          Inputs.name(convolution)
              + " has "
              + convolution.getGroups()
              + " groups, whose weights cannot evolve; use 1 group.");
    }
    EvolvingConvolution result = LayerSettings.copy(convolution, EvolvingConvolution.class);
    result.evolution = Objects.requireNonNull(evolution, "evolution");
    result.timing = Objects.requireNonNull(timing, "timing");
    return result;
  }

  /** How the weights evolve. */
  public WeightEvolution getEvolution() {
    return evolution;
  }

  public void setEvolution(WeightEvolution evolution) {
    this.evolution = evolution;
  }

  /** When the weights evolve. */
  public EvolutionTiming getTiming() {
    return timing;
  }

  public void setTiming(EvolutionTiming timing) {
    this.timing = timing;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    LayerValidation.assertNInNOutSet(
        "EvolvingConvolution", getLayerName(), layerIndex, getNIn(), getNOut());
    return AbstractBufferedLayer.initialise(
        new EvolvingConvolutionLayer(configuration, dataType),
        listeners,
        layerIndex,
        parameters,
        initializeParameters);
  }

  @Override
  public ParamInitializer initializer() {
    return EvolvingConvolutionParameters.INSTANCE;
  }

  @Override
  public List<Regularization> getRegularizationByParam(String parameter) {
    return isCoefficient(parameter)
        ? getRegularizationBias()
        : super.getRegularizationByParam(parameter);
  }

  /** A convolution with these settings, whose weights do not evolve. */
  public ChannelsLastConvolution withoutEvolution() {
    return LayerSettings.copy(this, ChannelsLastConvolution.class);
  }

  /**
   * Fills a convolution {@linkplain #withoutEvolution without evolution} with the weights that this
   * one has evolved to, for {@link EvolutionTiming#BEFORE}.
   *
   * @param parameters of this layer by name, left as they are
   * @param evolved those of the other one
   */
  public void evolve(Function<String, INDArray> parameters, Function<String, INDArray> evolved) {
    INDArray[] rows =
        evolution.coefficients().stream()
            .map(coefficient -> parameters.apply(coefficient.name()))
            .map(row -> row.reshape(1, row.length()))
            .toArray(INDArray[]::new);
    evolution
        .path(parameters.apply(WEIGHT_KEY), Nd4j.concat(0, rows))
        .at(timing.ofWeights(0), evolved.apply(WEIGHT_KEY));
  }

  /** Whether a parameter is one of the coefficients. */
  final boolean isCoefficient(String parameter) {
    return evolution.coefficients().stream().anyMatch(each -> each.name().equals(parameter));
  }

  @Override
  public void requireTimeChannel() {
    throw new DL4JInvalidConfigException(
        Inputs.name(this)
            + " evolves with time already, and cannot take it for a channel of its input, too; use"
            + " no time input, or weights that do not evolve.");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EvolvingConvolution that
        && super.equals(that)
        && Objects.equals(evolution, that.evolution)
        && timing == that.timing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), evolution, timing);
  }
}
