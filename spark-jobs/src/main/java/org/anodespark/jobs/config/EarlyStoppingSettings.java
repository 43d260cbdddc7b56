/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code early-stopping}.
 *
 * @param patience epochs without an improvement after which a training ends, at least 0; 0 is never
 * @param minimumImprovement by how much the accuracy must rise to count, in [0, 1)
 */
public record EarlyStoppingSettings(int patience, double minimumImprovement) {
  static EarlyStoppingSettings from(SettingReader reader) {
    return new EarlyStoppingSettings(
        reader.wholeNumber("early-stopping.patience", 0),
        reader.number(
            "early-stopping.minimum-improvement",
            improvement -> improvement >= 0 && improvement < 1,
            "a number from 0 to 1, 1 excluded"));
  }
}
