/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code evaluate}.
 *
 * @param batchSize at least 1
 */
public record EvaluateSettings(int batchSize) {
  static EvaluateSettings from(SettingReader reader) {
    return new EvaluateSettings(reader.wholeNumber("evaluate.batch-size", 1));
  }
}
