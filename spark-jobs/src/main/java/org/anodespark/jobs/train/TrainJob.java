/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.function.Function;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.RunRecorder;
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
    DistributedTraining training =
        new DistributedTraining(
            context, open.apply(context), networks, statistics, TrainingLabel.NONE);
    try (StopSignal stop = StopSignal.listening()) {
      RunRecorder.recordOrContinue(context, recorder -> train(context, recorder, training, stop));
    }
  }

  private static void train(
      JobContext context, RunRecorder recorder, DistributedTraining training, StopSignal stop) {
    Progress progress =
        new Progress(context.out(), context.terminal(), training.plan(), System::nanoTime);
    TrainingSummary summary;
    try {
      training.limitDriver();
      summary =
          training
              .run(
                  recorder,
                  context.settings().train().epochs(),
                  stop::requested,
                  stop::cancels,
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
