/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import java.util.Objects;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The mean over all observed values of a minibatch of their negative log-likelihood, each from a
 * normal distribution around the output with one standard deviation: {@code (x - output)^2 / (2
 * deviation^2) + log(deviation) + log(2 pi) / 2}. For {@code RnnOutputLayer} with a label mask
 * {@code [N, C, T]} of zeros and ones; the labels where it is 0 do not matter, as long as they are
 * finite.
 *
 * <p>The methods give N times that mean, N the examples, because DL4J divides by N what loss
 * functions give; not in networks with {@code miniBatch(false)}, so do not use it there. DL4J lays
 * time series out as rows {@code [N T, C]} before it calls a loss function, so this one needs T to
 * know N.
 */
public final class MaskedGaussianLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final double deviation;
  private final int times;

  /**
   * Makes a loss.
   *
   * @param deviation the standard deviation, positive
   * @param times of each time series, at least 1
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public MaskedGaussianLoss(
      @JsonProperty("deviation") double deviation, @JsonProperty("times") int times) {
    if (!(deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "deviation is " + deviation + ", expected a positive number");
    }
    if (times < 1) {
      throw new IllegalArgumentException("times is " + times + ", expected at least 1");
    }
    this.deviation = deviation;
    this.times = times;
  }

  /** The standard deviation. */
  public double getDeviation() {
    return deviation;
  }

  /** Length of each time series. */
  public int getTimes() {
    return times;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    double share = shareOfOne(labels, mask);
    INDArray error = activation.getActivation(preOutput.dup(), true).subi(labels);
    return error
        .muli(error)
        .divi(2 * deviation * deviation)
        .addi(Math.log(deviation) + Math.log(2 * Math.PI) / 2)
        .muli(mask)
        .sum(true, 1)
        .muli(share);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    double share = shareOfOne(labels, mask);
    INDArray byOutput =
        activation
            .getActivation(preOutput.dup(), true)
            .subi(labels)
            .muli(mask)
            .muli(share / (deviation * deviation));
    return activation.backprop(preOutput, byOutput).getFirst();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  /** Examples per observed value. */
  private double shareOfOne(INDArray labels, INDArray mask) {
    if (mask == null || !mask.equalShapes(labels)) {
      throw new IllegalArgumentException(
          "MaskedGaussianLoss needs a label mask with one entry for each label; give one of shape"
              + " [N, C, T].");
    }
    double observed = mask.sumNumber().doubleValue();
    if (observed == 0) {
      throw new IllegalArgumentException(
          "MaskedGaussianLoss got a minibatch without any observed value; leave it out.");
    }
    return labels.size(0) / (times * observed);
  }

  @Override
  public String name() {
    return toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskedGaussianLoss that
        && deviation == that.deviation
        && times == that.times;
  }

  @Override
  public int hashCode() {
    return Objects.hash(deviation, times);
  }

  @Override
  public String toString() {
    return "MaskedGaussianLoss(deviation=" + deviation + ", times=" + times + ")";
  }
}
