/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code optimizer}.
 *
 * @param kind {@code sgd}, {@code nesterov} or {@code adam}
 * @param learningRate above 0
 * @param momentum in [0, 1)
 * @param weightDecay at least 0
 * @param schedule {@code constant}, {@code linear} or {@code cosine}
 * @param warmUpEpochs at least 0, fewer than the epochs of the training
 */
public record OptimizerSettings(
    String kind,
    double learningRate,
    double momentum,
    double weightDecay,
    String schedule,
    int warmUpEpochs) {
  static OptimizerSettings from(SettingReader reader) {
    return new OptimizerSettings(
        reader.choice("optimizer.kind", "sgd", "nesterov", "adam"),
        reader.number("optimizer.learning-rate", rate -> rate > 0, "a number above 0"),
        reader.number(
            "optimizer.momentum",
            momentum -> momentum >= 0 && momentum < 1,
            "a number from 0 to 1, 1 excluded"),
        reader.number("optimizer.weight-decay", decay -> decay >= 0, "a number of at least 0"),
        reader.choice("optimizer.schedule", "constant", "linear", "cosine"),
        reader.wholeNumber("optimizer.warm-up-epochs", 0));
  }
}
