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
    ExperimentSettings experiment,
    SweepSettings sweep,
    SparkSettings spark) {
  private static final String BFLOAT16 = "bf16";
  private static final String ND4J = "nd4j";

  static Settings from(SettingReader reader) {
    Settings settings = read(reader);
    requireWarmUpBelow("train.epochs", settings.train.epochs(), settings);
    if (!settings.experiment.task().equals(ExperimentSettings.IMAGES)) {
      // other tasks count updates, and have epochs of one update each
      requireWarmUpBelow("experiment.iterations", settings.experiment.iterations(), settings);
    }
    if (settings.optimizer.schedule().equals("step") && settings.optimizer.stepEpochs().isEmpty()) {
      throw JobFailure.badConfiguration(
          "optimizer.schedule is step, but optimizer.step.epochs is []: expected the epochs after which the learning rate falls, e.g. [15, 25], or another schedule.");
    }
    if (settings.model.precision().equals(BFLOAT16) && settings.spark.kernels().equals(ND4J)) {
      throw JobFailure.badConfiguration(
          "model.precision is %s and spark.kernels is %s, which has no such type: expected spark.kernels = onednn or auto, or model.precision = float32."
              .formatted(BFLOAT16, ND4J));
    }
    return settings;
  }

  private static void requireWarmUpBelow(String key, int epochs, Settings settings) {
    if (settings.optimizer.warmUpEpochs() >= epochs) {
      throw JobFailure.badConfiguration(
          "optimizer.warm-up-epochs is %d: expected fewer than %s, which is %d."
              .formatted(settings.optimizer.warmUpEpochs(), key, epochs));
    }
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
        ExperimentSettings.from(reader),
        SweepSettings.from(reader),
        SparkSettings.from(reader));
  }
}
