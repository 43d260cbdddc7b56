/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.Map;
import java.util.Optional;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.search.Assignment;
import org.apache.hadoop.conf.Configuration;

/** Trainings as planned, each of which leaves a {@link RungFile}; one that is there is not done. */
public final class PlannedTrials implements ConcurrentRungs.Training {
  private final TrialPlan plan;
  private final Configuration hadoop;
  private final Trainer trainer;

  /** Who trains. */
  @FunctionalInterface
  public interface Trainer {
    /**
     * Trains until a rung, and writes its file.
     *
     * @return why the training failed by itself; empty if it did not
     * @throws JobFailure if the training is lost
     */
    Optional<String> train(RungRun run, ResolvedSettings settings);
  }

  /**
   * Makes a way to train.
   *
   * @param hadoop where file systems are configured
   */
  public PlannedTrials(TrialPlan plan, Configuration hadoop, Trainer trainer) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.trainer = trainer;
  }

  @Override
  public RungOutcome run(RungRun run, Assignment assignment) {
    ResolvedSettings settings;
    try {
      settings = plan.settings(run.trial(), run.seed(), assignment);
    } catch (JobFailure e) {
      return new RungOutcome.Failed(run, e.getMessage());
    }
    Optional<Map<String, Double>> measured = measured(run, settings);
    if (measured.isEmpty()) {
      Optional<String> failure = trainer.train(run, settings);
      if (failure.isPresent()) {
        return new RungOutcome.Failed(run, failure.get());
      }
      measured = measured(run, settings);
    }
    return new RungOutcome.Finished(run, measured.orElseThrow());
  }

  private Optional<Map<String, Double>> measured(RungRun run, ResolvedSettings settings) {
    return RungFile.read(hadoop, settings.settings().run().dir(), run.epochs());
  }
}
