/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A latent variable with a normal distribution that the layers before it choose: from rows {@code
 * [mean; log variance]}, {@code [N, 2 L]}, it makes {@code [N, L]}. In training that is {@code mean
 * + exp(log variance / 2) * e} with e from the standard normal distribution, by ND4J's generator;
 * in prediction it is the mean.
 *
 * <p>In training the score gets {@code weight * KL}, with the Kullback-Leibler divergence from the
 * standard normal distribution, {@code KL = sum (mean^2 + exp(log variance) - 1 - log variance) /
 * 2} over the L components, averaged over the minibatch.
 *
 * <p>Source: D. P. Kingma and M. Welling, "Auto-Encoding Variational Bayes", ICLR 2014, section 2.4
 * and appendix B.
 */
public final class GaussianSampling extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  private ISchedule weight;

  /** For JSON. */
  public GaussianSampling() {}

  /**
   * @param weight of the divergence, by iterations or epochs
   */
  public GaussianSampling(ISchedule weight) {
    this.weight = Objects.requireNonNull(weight, "weight");
  }

  /** The weight of the divergence. */
  public ISchedule getWeight() {
    return weight;
  }

  public void setWeight(ISchedule weight) {
    this.weight = weight;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    GaussianSamplingLayer layer = new GaussianSamplingLayer(configuration, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (inputType instanceof InputType.InputTypeFeedForward rows && rows.getSize() % 2 == 0) {
      return InputType.feedForward(rows.getSize() / 2);
    }
    throw new InvalidInputTypeException(
        "GaussianSampling takes rows [mean; log variance] of an even size, not "
            + inputType
            + "; put it behind a dense layer with nOut twice the number of latent components.");
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long sample = inputType.arrayElementsPerExample() / 2;
    return new LayerMemoryReport.Builder(
            layerName, GaussianSampling.class, inputType, getOutputType(-1, inputType))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 3 * sample)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public GaussianSampling clone() {
    GaussianSampling copy = (GaussianSampling) super.clone();
    copy.weight = weight.clone();
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GaussianSampling that
        && super.equals(other)
        && weight.equals(that.weight);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), weight);
  }

  @Override
  public String toString() {
    return "GaussianSampling(weight=" + weight + ")";
  }
}
