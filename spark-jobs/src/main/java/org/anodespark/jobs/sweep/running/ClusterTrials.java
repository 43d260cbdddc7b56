/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.train.DistributedTraining;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.SolveStatisticsReader;

/**
 * Trainings each of which is distributed, as of the job {@code train}. Several at once share the
 * executors fairly, each in a pool of its own.
 */
public final class ClusterTrials implements ConcurrentRungs.Training {
  private static final String POOL = "spark.scheduler.pool";

  private final TrialPlan plan;
  private final JobContext sweep;
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;
  private final BooleanSupplier stop;

  /**
   * Makes a way to train.
   *
   * @param sweep the context of the sweep
   * @param networks builds the networks to train
   * @param statistics reads what they counted
   * @param stop whether to end
   */
  public ClusterTrials(
      TrialPlan plan,
      JobContext sweep,
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      BooleanSupplier stop) {
    this.plan = plan;
    this.sweep = sweep;
    this.networks = networks;
    this.statistics = statistics;
    this.stop = stop;
  }

  @Override
  public RungOutcome run(RungRun run, Assignment assignment) {
    String directory = plan.directory(run.trial(), run.seed());
    ResolvedSettings settings;
    try {
      settings = plan.settings(run.trial(), run.seed(), assignment);
    } catch (JobFailure e) {
      return new RungOutcome.Failed(run, e.getMessage());
    }
    if (RungFile.read(sweep.hadoop(), directory, run.epochs()).isEmpty()) {
      sweep.spark().get().setLocalProperty(POOL, "trial-" + run.trial());
      try {
        Map<String, Double> measures = SparkWork.run("Training " + run, () -> train(run, settings));
        RungFile.write(sweep.hadoop(), directory, run.epochs(), measures);
      } catch (JobFailure e) {
        return new RungOutcome.Failed(run, OwnFailure.of(e).orElseThrow(() -> e));
      }
    }
    return new RungOutcome.Finished(
        run, RungFile.read(sweep.hadoop(), directory, run.epochs()).orElseThrow());
  }

  private Map<String, Double> train(RungRun run, ResolvedSettings settings) {
    JobContext context =
        new JobContext(
            "train",
            settings.settings(),
            settings.config(),
            sweep.master(),
            sweep.hadoop(),
            sweep.spark(),
            sweep.allowedChanges(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            false);
    return DistributedTraining.run(
        run.toString(), context, networks, statistics, run.epochs(), stop);
  }
}
