/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code averaging}.
 *
 * @param workers at least 1
 * @param frequency minibatches between two averagings, at least 1
 */
public record AveragingSettings(int workers, int frequency) {
  static AveragingSettings from(SettingReader reader) {
    return new AveragingSettings(
        reader.wholeNumber("averaging.workers", 1), reader.wholeNumber("averaging.frequency", 1));
  }
}
