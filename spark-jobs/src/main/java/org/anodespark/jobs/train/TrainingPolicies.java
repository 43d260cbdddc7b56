/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.function.LongSupplier;
import org.anodespark.jobs.config.CheckpointSettings;
import org.anodespark.jobs.config.DivergenceSettings;
import org.anodespark.jobs.config.Settings;

/**
 * What a {@link Trainer} does when, as the settings ask for.
 *
 * @param tries how often a round is tried, at least 1
 * @param divergence what to do when it diverges
 * @param earlyStopping when to end before the last epoch
 * @param checkpoint when to write a checkpoint between the ends of epochs
 * @param nanoTime a clock as {@link System#nanoTime()}
 */
record TrainingPolicies(
    int tries,
    DivergenceSettings divergence,
    EarlyStopping earlyStopping,
    CheckpointSettings checkpoint,
    LongSupplier nanoTime) {
  static TrainingPolicies of(Settings settings) {
    return new TrainingPolicies(
        settings.averaging().tries(),
        settings.divergence(),
        EarlyStopping.of(settings.earlyStopping()),
        settings.checkpoint(),
        System::nanoTime);
  }

  /** Whether a training that diverged goes on from its latest checkpoint. */
  boolean rollsBack(TrainingState state) {
    return divergence.policy().equals(DivergenceSettings.ROLL_BACK)
        && state.rollBacks() < divergence.rollBacks();
  }

  /** By which a roll-back multiplies the learning rate. */
  double factor() {
    return divergence.factor();
  }

  /** Counts from now on. */
  CheckpointTrigger newTrigger() {
    return new CheckpointTrigger(checkpoint, nanoTime);
  }
}
