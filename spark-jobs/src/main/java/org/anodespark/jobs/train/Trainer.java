/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.Divergence;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.run.Checkpoints;
import org.apache.spark.SparkException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's loop: rounds make an epoch, and after each epoch come a checkpoint and an
 * evaluation.
 *
 * <p>When Spark gives up on a round (it has then tried a task as often as {@code
 * spark.task.maxFailures} says), the round is repeated from the same parameters with the same
 * minibatches, up to {@value #REPEATS} times. Then the training stops with exit code 5, and the
 * state before that round is in a checkpoint. What would only fail again is not repeated: a {@link
 * JobFailure} of an executor, a solve that {@linkplain Divergence ran away}, and arrays that
 * reached their {@linkplain ArrayLimit limit}.
 */
final class Trainer {
  static final int REPEATS = 3;

  private static final double NANOSECONDS_PER_SECOND = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final TrainingPlan plan;
  private final ComputationGraph network;
  private final Function<Round, RoundReport> rounds;
  private final Function<String, Double> testAccuracy;
  private final BooleanSupplier sparkStopped;
  private final Checkpoints checkpoints;
  private final List<TrainingObserver> observers;

  /**
   * Makes a trainer.
   *
   * @param network the driver's network, initialised
   * @param rounds trains a round of that network: all of it, or nothing and an exception
   * @param testAccuracy evaluates that network; is told what for
   * @param sparkStopped whether there is no more Spark to repeat anything with
   */
  Trainer(
      TrainingPlan plan,
      ComputationGraph network,
      Function<Round, RoundReport> rounds,
      Function<String, Double> testAccuracy,
      BooleanSupplier sparkStopped,
      Checkpoints checkpoints,
      List<TrainingObserver> observers) {
    this.plan = plan;
    this.network = network;
    this.rounds = rounds;
    this.testAccuracy = testAccuracy;
    this.sparkStopped = sparkStopped;
    this.checkpoints = checkpoints;
    this.observers = List.copyOf(observers);
  }

  /**
   * Trains all epochs.
   *
   * @throws JobFailure with exit code 4 when the training diverges, 5 when retries are used up, and
   *     as thrown on an executor
   */
  void train() {
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      train(epoch);
    }
  }

  private void train(int epoch) {
    long started = System.nanoTime();
    Tally tally = new Tally();
    for (Round round : plan.epoch(epoch).rounds()) {
      RoundReport report =
          repeating(
              round.toString(),
              () -> rounds.apply(round),
              () -> checkpoints.writeRound(epoch, round.number() - 1, network));
      tally.add(report.tally());
      observers.forEach(observer -> observer.roundFinished(report));
    }
    network.getConfiguration().setEpochCount(epoch);
    String checkpoint = checkpoints.writeEpoch(epoch, network);
    String evaluation = "evaluation after epoch " + epoch;
    double accuracy = repeating(evaluation, () -> testAccuracy.apply(evaluation), () -> checkpoint);
    double seconds = (System.nanoTime() - started) / NANOSECONDS_PER_SECOND;
    EpochReport report =
        new EpochReport(epoch, tally.trainLoss(), accuracy, tally.imagesPerSecond(), seconds);
    observers.forEach(observer -> observer.epochFinished(report));
  }

  /**
   * Does something with Spark, again when Spark fails.
   *
   * @param checkpoint makes sure, when all tries failed, that the state is in a file; gives its
   *     address
   */
  private <T> T repeating(String what, Supplier<T> work, Supplier<String> checkpoint) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (Exception e) {
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
        if (!(e instanceof SparkException) && !outOfMemory) {
          throw e;
        }
        if (tries > REPEATS || outOfMemory || sparkStopped.getAsBoolean()) {
          throw new JobFailure(
              ExitCode.GAVE_UP,
              "Gave up on %s after %d %s (%s); the state before it is in %s."
                  .formatted(
                      what,
                      tries,
                      tries == 1 ? "try" : "tries",
                      outOfMemory ? SparkWork.OUT_OF_MEMORY : SparkWork.firstLine(e),
                      checkpoint.get()),
              e);
        }
        LOG.warn("Try {} of {} failed and is repeated", tries, what, e);
      }
    }
  }
}
