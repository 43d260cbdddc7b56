/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code train}.
 *
 * @param epochs at least 1
 * @param batchSize at least 1
 * @param labelSmoothing in [0, 1)
 */
public record TrainSettings(int epochs, int batchSize, double labelSmoothing) {
  static TrainSettings from(SettingReader reader) {
    return new TrainSettings(
        reader.wholeNumber("train.epochs", 1),
        reader.wholeNumber("train.batch-size", 1),
        reader.number(
            "train.label-smoothing",
            share -> share >= 0 && share < 1,
            "a number from 0 to 1, 1 excluded"));
  }
}
