/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.Divergence;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.apache.spark.SparkException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's loop: rounds make an epoch, after which comes an evaluation, and now and then a
 * checkpoint.
 *
 * <p>When Spark gives up on a round (it has then tried a task as often as {@code
 * spark.task.maxFailures} says), or the round takes too long, it is repeated from the same
 * parameters with the same minibatches, some times. Then the training stops with exit code 5, and
 * the state before that round is in a checkpoint. What would only fail again is not repeated: a
 * {@link JobFailure} of an executor, a solve that {@linkplain Divergence ran away}, and arrays that
 * reached their {@linkplain ArrayLimit limit}.
 *
 * <p>A training that diverged ends with exit code 4, or goes on from its latest checkpoint with a
 * lower learning rate.
 */
final class Trainer {
  private static final double NANOSECONDS_PER_SECOND = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final TrainingPlan plan;
  private final TrainingWork work;
  private final TrainingCheckpoints checkpoints;
  private final TrainingPolicies policies;
  private final int pauseAfter;
  private final BooleanSupplier stop;
  private final List<TrainingObserver> observers;

  private ComputationGraph network;
  private TrainingState state = TrainingState.start();
  private CheckpointTrigger trigger;

  /**
   * Makes a trainer.
   *
   * @param work trains rounds and evaluates
   * @param pauseAfter the epoch after which the training pauses, if it is not over by then
   * @param stop whether the training is to end, asked between two rounds
   */
  Trainer(
      TrainingPlan plan,
      TrainingWork work,
      TrainingCheckpoints checkpoints,
      TrainingPolicies policies,
      int pauseAfter,
      BooleanSupplier stop,
      List<TrainingObserver> observers) {
    this.plan = plan;
    this.work = work;
    this.checkpoints = checkpoints;
    this.policies = policies;
    this.pauseAfter = pauseAfter;
    this.stop = stop;
    this.observers = List.copyOf(observers);
  }

  /**
   * Trains what the latest checkpoint leaves of all epochs up to the pause.
   *
   * @return the end, or the pause
   * @throws JobFailure with exit code 4 when the training diverges, 5 when tries are used up, 143
   *     after a signal, and as thrown on an executor
   */
  TrainingCheckpoints.Restored train() {
    Optional<TrainingCheckpoints.Restored> latest = checkpoints.latest();
    become(latest.orElseGet(checkpoints::start));
    if (latest.isPresent()) {
      LOG.warn("Going on from {}", state.position());
    } else {
      writeCheckpoint();
    }
    observers.forEach(observer -> observer.resumed(state));
    while (!isOver() && !pauses()) {
      requireNotStopped();
      List<Round> rounds = plan.remaining(state.position()).rounds();
      try {
        if (rounds.isEmpty()) {
          finishEpoch();
        } else {
          train(rounds);
        }
      } catch (JobFailure failure) {
        if (failure.exitCode() != ExitCode.DIVERGED || !policies.rollsBack(state)) {
          throw failure;
        }
        rollBack(failure);
      }
    }
    return new TrainingCheckpoints.Restored(state, network);
  }

  /** What is trained. */
  TrainingState state() {
    return state;
  }

  private boolean pauses() {
    return state.position().atStartOfEpoch() && state.epochsDone() >= pauseAfter;
  }

  /** Whether nothing is left to train. */
  boolean isOver() {
    return state.position().atStartOfEpoch()
        && (state.epochsDone() == plan.epochs()
            || policies.earlyStopping().endsAfter(state.epochsDone(), state.best()));
  }

  private void become(TrainingCheckpoints.Restored training) {
    network = training.network();
    state = training.state();
    trigger = policies.newTrigger();
  }

  private void train(List<Round> rounds) {
    for (Round round : rounds) {
      requireNotStopped();
      RoundReport report = repeating(round.toString(), () -> work.train(network, round));
      state = state.after(report);
      trigger.roundFinished();
      observers.forEach(observer -> observer.roundFinished(report));
      if (trigger.isDue() && round.number() < round.rounds()) {
        writeCheckpoint();
      }
    }
  }

  private void finishEpoch() {
    int epoch = state.position().epoch();
    network.getConfiguration().setEpochCount(epoch);
    String evaluation = "evaluation after epoch " + epoch;
    long started = System.nanoTime();
    double test = repeating(evaluation, () -> work.testAccuracy(network, evaluation));
    String validation = "validation after epoch " + epoch;
    OptionalDouble validated =
        repeating(validation, () -> work.validationAccuracy(network, validation));
    Tally tally = state.epochTally();
    EpochReport report =
        new EpochReport(
            epoch,
            tally.trainLoss(),
            test,
            validated.isPresent() ? validated.getAsDouble() : null,
            tally.imagesPerSecond(),
            tally.seconds() + (System.nanoTime() - started) / NANOSECONDS_PER_SECOND);
    EarlyStopping earlyStopping = policies.earlyStopping();
    double accuracy = report.decidingAccuracy();
    BestEpoch best =
        earlyStopping.improves(state.best(), accuracy)
            ? new BestEpoch(epoch, accuracy, checkpoints.nextNumber())
            : state.best();
    state = state.after(report, best);
    observers.forEach(observer -> observer.epochFinished(report));
    writeCheckpoint();
    if (isOver() && epoch < plan.epochs()) {
      LOG.warn(
          "The accuracy has not improved since epoch {}: the training ends early", best.epoch());
    }
  }

  private void rollBack(JobFailure failure) {
    double scale = state.learningRateScale();
    int rollBacks = state.rollBacks();
    TrainingCheckpoints.Restored latest = checkpoints.latest().orElseThrow(() -> failure);
    TrainingState lower = latest.state().rolledBack(policies.factor(), scale, rollBacks);
    LOG.warn(
        "{} Going on from {} with {} times the learning rate",
        failure.getMessage(),
        lower.position(),
        lower.learningRateScale());
    become(checkpoints.with(lower, latest.network()));
    observers.forEach(observer -> observer.resumed(state));
    // a driver that continues the run is to know, too
    writeCheckpoint();
  }

  private String writeCheckpoint() {
    observers.forEach(TrainingObserver::checkpointComes);
    String address = checkpoints.write(state, network);
    trigger = policies.newTrigger();
    return address;
  }

  private void requireNotStopped() {
    if (stop.getAsBoolean()) {
      throw new JobFailure(
          ExitCode.STOPPED,
          "Stopped by a signal at %s; the state is in %s, from which train goes on with the same settings and run.dir."
              .formatted(state.position(), writeCheckpoint()));
    }
  }

  /** Does something with Spark, again when Spark fails. */
  private <T> T repeating(String what, Supplier<T> attempt) {
    for (int tries = 1; ; tries++) {
      try {
        return attempt.get();
      } catch (Exception e) {
        requireNotStopped();
        Optional<JobFailure> known = SparkWork.jobFailureIn(e);
        if (known.isPresent()) {
          throw known.get();
        }
        Optional<JobFailure> divergence = Divergence.causeOf(e, "Training diverged in " + what);
        if (divergence.isPresent()) {
          throw divergence.get();
        }
        boolean outOfMemory = ArrayLimit.wasReachedIn(e);
        // Spark's exceptions are checked, but its Java interface does not declare them
        if (!(e instanceof SparkException) && !(e instanceof RoundTookTooLong) && !outOfMemory) {
          throw e;
        }
        if (tries >= policies.tries() || outOfMemory || work.sparkStopped()) {
          throw new JobFailure(
              ExitCode.GAVE_UP,
              "Gave up on %s after %d %s (%s); the state before it is in %s, from which train goes on with the same settings and run.dir."
                  .formatted(
                      what,
                      tries,
                      tries == 1 ? "try" : "tries",
                      outOfMemory ? SparkWork.OUT_OF_MEMORY : SparkWork.reason(e),
                      writeCheckpoint()),
              e);
        }
        LOG.warn("Try {} of {} failed and is repeated", tries, what, e);
      }
    }
  }
}
