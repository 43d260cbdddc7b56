/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;

/**
 * Section {@code optimizer}.
 *
 * @param kind {@code sgd}, {@code nesterov} or {@code adam}
 * @param learningRate above 0
 * @param momentum in [0, 1)
 * @param weightDecay at least 0
 * @param schedule {@code constant}, {@code linear}, {@code cosine} or {@code step}
 * @param stepEpochs after which {@code step} lowers the rate, rising, each at least 1
 * @param stepFactor by which it does, in (0, 1)
 * @param warmUpEpochs at least 0, fewer than the epochs of the training
 * @param clipping {@code none}, {@code value} or {@code norm}
 * @param clippingThreshold above 0
 */
public record OptimizerSettings(
    String kind,
    double learningRate,
    double momentum,
    double weightDecay,
    String schedule,
    List<Integer> stepEpochs,
    double stepFactor,
    int warmUpEpochs,
    String clipping,
    double clippingThreshold) {
  /** No gradient is clipped. */
  public static final String NO_CLIPPING = "none";

  /** Each number of a gradient is clipped by itself. */
  public static final String CLIP_VALUE = "value";

  /** The gradient of each layer is shortened to a norm. */
  public static final String CLIP_NORM = "norm";

  public OptimizerSettings {
    stepEpochs = List.copyOf(stepEpochs);
  }

  static OptimizerSettings from(SettingReader reader) {
    return new OptimizerSettings(
        reader.choice("optimizer.kind", "sgd", "nesterov", "adam"),
        reader.number("optimizer.learning-rate", rate -> rate > 0, "a number above 0"),
        reader.number(
            "optimizer.momentum",
            momentum -> momentum >= 0 && momentum < 1,
            "a number from 0 to 1, 1 excluded"),
        reader.number("optimizer.weight-decay", decay -> decay >= 0, "a number of at least 0"),
        reader.choice("optimizer.schedule", "constant", "linear", "cosine", "step"),
        reader.risingWholeNumbers("optimizer.step.epochs", 1),
        reader.number(
            "optimizer.step.factor",
            factor -> factor > 0 && factor < 1,
            "a number between 0 and 1, both excluded"),
        reader.wholeNumber("optimizer.warm-up-epochs", 0),
        reader.choice("optimizer.clipping.kind", NO_CLIPPING, CLIP_VALUE, CLIP_NORM),
        reader.number(
            "optimizer.clipping.threshold", threshold -> threshold > 0, "a number above 0"));
  }
}
