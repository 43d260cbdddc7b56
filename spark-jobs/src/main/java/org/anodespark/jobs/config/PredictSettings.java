/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code predict}, which the job of that name alone needs.
 *
 * @param model folder of a run or a model's file
 * @param input images, or the folder of shards
 * @param split {@code test} or {@code train}; used where the input is shards
 * @param output the folder to make
 * @param format {@code jsonl} or {@code csv}
 * @param topK how many probabilities go into a line; 0 is all
 * @param batchSize at least 1
 * @param resize whether images of another size are brought to that of the model
 * @param strict whether a file that is no image ends the job
 */
public record PredictSettings(
    String model,
    String input,
    String split,
    String output,
    String format,
    int topK,
    int batchSize,
    boolean resize,
    boolean strict) {
  static PredictSettings from(SettingReader reader) {
    return new PredictSettings(
        reader.text("predict.model"),
        reader.text("predict.input"),
        reader.choice("predict.split", "test", "train"),
        reader.text("predict.output"),
        reader.choice("predict.format", "jsonl", "csv"),
        reader.wholeNumber("predict.top-k", 0),
        reader.wholeNumber("predict.batch-size", 1),
        reader.flag("predict.resize"),
        reader.flag("predict.strict"));
  }
}
