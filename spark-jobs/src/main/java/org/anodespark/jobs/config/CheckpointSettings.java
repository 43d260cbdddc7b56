/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code checkpoint}. There is one after every epoch, whatever it says.
 *
 * @param everyRounds rounds from one checkpoint to the next, at least 0; 0 is never
 * @param everyMinutes minutes from one checkpoint to the next, at least 0; 0 is never
 * @param keep how many of the latest stay, at least 1
 */
public record CheckpointSettings(int everyRounds, double everyMinutes, int keep) {
  static CheckpointSettings from(SettingReader reader) {
    return new CheckpointSettings(
        reader.wholeNumber("checkpoint.every-rounds", 0),
        reader.number(
            "checkpoint.every-minutes", minutes -> minutes >= 0, "a number of at least 0"),
        reader.wholeNumber("checkpoint.keep", 1));
  }
}
