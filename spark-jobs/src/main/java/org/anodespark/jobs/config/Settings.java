/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Every setting of a job, as resolved from {@code reference.conf}, the profile, the files and the
 * overrides. Each component mirrors one section of {@code reference.conf}, which documents units
 * and ranges.
 */
public record Settings(
    long seed,
    RunSettings run,
    DataSettings data,
    ModelSettings model,
    OptimizerSettings optimizer,
    AveragingSettings averaging,
    TrainSettings train,
    EvaluateSettings evaluate,
    SparkSettings spark) {
  static Settings from(SettingReader reader) {
    return new Settings(
        reader.wholeNumber("seed"),
        RunSettings.from(reader),
        DataSettings.from(reader),
        ModelSettings.from(reader),
        OptimizerSettings.from(reader),
        AveragingSettings.from(reader),
        TrainSettings.from(reader),
        EvaluateSettings.from(reader),
        SparkSettings.from(reader));
  }
}
