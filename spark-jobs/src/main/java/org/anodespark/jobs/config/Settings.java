/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import org.anodespark.jobs.failure.JobFailure;

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
    DivergenceSettings divergence,
    EarlyStoppingSettings earlyStopping,
    CheckpointSettings checkpoint,
    EvaluateSettings evaluate,
    PredictSettings predict,
    ExportSettings export,
    ReportSettings report,
    SparkSettings spark) {
  static Settings from(SettingReader reader) {
    Settings settings = read(reader);
    if (settings.optimizer.warmUpEpochs() >= settings.train.epochs()) {
      throw JobFailure.badConfiguration(
          String.format(
              "optimizer.warm-up-epochs is %d: expected fewer than train.epochs, which is %d.",
              settings.optimizer.warmUpEpochs(), settings.train.epochs()));
    }
    return settings;
  }

  private static Settings read(SettingReader reader) {
    return new Settings(
        reader.wholeNumber("seed"),
        RunSettings.from(reader),
        DataSettings.from(reader),
        ModelSettings.from(reader),
        OptimizerSettings.from(reader),
        AveragingSettings.from(reader),
        TrainSettings.from(reader),
        DivergenceSettings.from(reader),
        EarlyStoppingSettings.from(reader),
        CheckpointSettings.from(reader),
        EvaluateSettings.from(reader),
        PredictSettings.from(reader),
        ExportSettings.from(reader),
        ReportSettings.from(reader),
        SparkSettings.from(reader));
  }
}
