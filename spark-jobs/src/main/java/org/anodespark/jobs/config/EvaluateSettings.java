/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code evaluate}.
 *
 * @param batchSize at least 1
 * @param model folder of a run or a model's file; needed by the job {@code evaluate} alone
 * @param split {@code test} or {@code train}
 * @param topK at least 1
 */
public record EvaluateSettings(int batchSize, String model, String split, int topK) {
  static EvaluateSettings from(SettingReader reader) {
    return new EvaluateSettings(
        reader.wholeNumber("evaluate.batch-size", 1),
        reader.text("evaluate.model"),
        reader.choice("evaluate.split", "test", "train"),
        reader.wholeNumber("evaluate.top-k", 1));
  }
}
