/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code averaging}.
 *
 * @param workers at least 1
 * @param frequency minibatches between two averagings, at least 1
 * @param warmUpEpochs epochs at the beginning with another frequency, at least 0
 * @param warmUpFrequency minibatches between two averagings in these epochs, at least 1
 * @param merge {@code ordered} or {@code tree}
 * @param outerMomentum of the optimiser that takes averages for gradients, in [0, 1)
 * @param outerLearningRate of that optimiser, above 0
 * @param tries how often a round is tried before the training gives up, at least 1
 * @param limitMinutes how long a try of a round may take, at least 0; 0 is for ever
 */
public record AveragingSettings(
    int workers,
    int frequency,
    int warmUpEpochs,
    int warmUpFrequency,
    String merge,
    double outerMomentum,
    double outerLearningRate,
    int tries,
    double limitMinutes) {
  /** The driver collects all results and adds them up in the order of workers. */
  public static final String ORDERED = "ordered";

  /** Executors add results up in the order of arrival. */
  public static final String TREE = "tree";

  static AveragingSettings from(SettingReader reader) {
    return new AveragingSettings(
        reader.wholeNumber("averaging.workers", 1),
        reader.wholeNumber("averaging.frequency", 1),
        reader.wholeNumber("averaging.warm-up.epochs", 0),
        reader.wholeNumber("averaging.warm-up.frequency", 1),
        reader.choice("averaging.merge", ORDERED, TREE),
        reader.number(
            "averaging.outer.momentum",
            momentum -> momentum >= 0 && momentum < 1,
            "a number from 0 to 1, 1 excluded"),
        reader.number("averaging.outer.learning-rate", rate -> rate > 0, "a number above 0"),
        reader.wholeNumber("averaging.tries", 1),
        reader.number(
            "averaging.limit-minutes", minutes -> minutes >= 0, "a number of at least 0"));
  }
}
