/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.function.Function;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.run.Versions;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code train}. Data and settings are checked before anything is written, so what they get
 * wrong (exit code 2) leaves no run directory behind.
 */
public final class TrainJob implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;
  private final Function<JobContext, TrainingData> open;

  /**
   * Makes the job.
   *
   * @param networks builds the network to train
   * @param statistics reads what it counted
   */
  public TrainJob(NetworkFactory networks, SolveStatisticsReader statistics) {
    this(
        networks,
        statistics,
        context ->
            ShardedTrainingData.open(context.settings(), context.hadoop(), context.out()::println));
  }

  /**
   * Makes the job for other data.
   *
   * @param open finds the data that the settings name
   */
  TrainJob(
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      Function<JobContext, TrainingData> open) {
    this.networks = networks;
    this.statistics = statistics;
    this.open = open;
  }

  @Override
  public void run(JobContext context) {
    TrainingData data = open.apply(context);
    Settings settings = context.settings();
    Training training =
        Training.prepare(
            settings,
            data,
            networks,
            need -> new NativeMemory(need, settings.spark(), context.master()));
    try (StopSignal stop = StopSignal.listening()) {
      RunRecorder.recordOrContinue(
          context, recorder -> train(context, recorder, data, training, stop));
    }
  }

  private void train(
      JobContext context,
      RunRecorder recorder,
      TrainingData data,
      Training training,
      StopSignal stop) {
    JavaSparkContext spark = context.spark().get();
    OuterOptimizer outer = training.newOuterOptimizer();
    SparkTrainingEngine engine =
        SparkTrainingEngine.of(
            spark,
            context.settings(),
            data,
            statistics,
            training.memory().map(NativeMemory::ofTasks).orElse(TaskMemory.UNLIMITED),
            outer);
    stop.cancels(engine::cancel);
    Progress progress =
        new Progress(context.out(), context.terminal(), training.plan(), System::nanoTime);
    TrainingSummary summary;
    try {
      training.memory().ifPresent(NativeMemory::limitDriver);
      summary =
          training
              .run(
                  recorder,
                  engine,
                  outer,
                  Versions.of(spark.version()),
                  stop::requested,
                  List.of(
                      new MetricsPublisher(),
                      new AveragingAdvice(training.plan(), LOG::warn),
                      progress))
              .summary();
    } finally {
      ArrayLimit.set(ArrayLimit.NONE);
    }
    progress.finished(summary, recorder.directory().location());
  }
}
