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
    SparkSettings spark) {}
