/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.train.DistributedTraining;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.SolveStatisticsReader;

/**
 * Trainings each of which is distributed, as of the job {@code train}. Several at once share the
 * executors fairly, each in a pool of its own.
 */
public final class ClusterTrials implements PlannedTrials.Trainer {
  private static final String POOL = "spark.scheduler.pool";

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
      JobContext sweep,
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      BooleanSupplier stop) {
    this.sweep = sweep;
    this.networks = networks;
    this.statistics = statistics;
    this.stop = stop;
  }

  @Override
  public Optional<String> train(RungRun run, ResolvedSettings settings) {
    sweep.spark().get().setLocalProperty(POOL, "trial-" + run.trial());
    try {
      RungFile.write(
          sweep.hadoop(),
          settings.settings().run().dir(),
          run.epochs(),
          SparkWork.run("Training " + run, () -> measure(run, settings)));
      return Optional.empty();
    } catch (JobFailure e) {
      return Optional.of(OwnFailure.of(e).orElseThrow(() -> e));
    }
  }

  private Map<String, Double> measure(RungRun run, ResolvedSettings settings) {
    JobContext context =
        JobContext.ofPart(
            settings, sweep.master(), sweep.hadoop(), sweep.spark(), sweep.allowedChanges());
    return DistributedTraining.run(
        run.toString(), context, networks, statistics, run.epochs(), stop);
  }
}
