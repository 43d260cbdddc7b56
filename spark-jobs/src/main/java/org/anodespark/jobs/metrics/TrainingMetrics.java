/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.Function;

/**
 * How the training of this driver goes: counters of what it has done since the process began, and
 * gauges of the latest round and epoch. Names begin with {@code training.}.
 */
public final class TrainingMetrics {
  private static volatile TrainingMetrics ofThisProcess = new TrainingMetrics(new MetricRegistry());

  private final Counter rounds;
  private final Counter examples;
  private final Counter evaluations;
  private final Counter rejectedSteps;
  private volatile RoundFigures latest = RoundFigures.NONE;
  private volatile double testAccuracy = Double.NaN;

  private TrainingMetrics(MetricRegistry registry) {
    rounds = registry.counter("training.rounds");
    examples = registry.counter("training.examples");
    evaluations = registry.counter("training.evaluations");
    rejectedSteps = registry.counter("training.rejectedSteps");
    gauge(registry, "training.imagesPerSecond", RoundFigures::imagesPerSecond);
    gauge(registry, "training.overheadFraction", RoundFigures::overheadFraction);
    gauge(registry, "training.trainLoss", RoundFigures::trainLoss);
    gauge(registry, "training.learningRate", RoundFigures::learningRate);
    gauge(registry, "training.peakMemoryBytes", RoundFigures::peakMemoryBytes);
    registry.register("training.testAccuracy", (Gauge<Double>) () -> testAccuracy);
  }

  private void gauge(MetricRegistry registry, String name, Function<RoundFigures, Number> figure) {
    registry.register(name, (Gauge<Number>) () -> figure.apply(latest));
  }

  /** From now on, those of this process are in a registry. */
  static void registerIn(MetricRegistry registry) {
    ofThisProcess = new TrainingMetrics(registry);
  }

  /** Those of the training that this process drives. */
  public static TrainingMetrics ofThisProcess() {
    return ofThisProcess;
  }

  /** Adds a round, which becomes the latest one. */
  public void roundFinished(RoundFigures round) {
    rounds.inc();
    examples.inc(round.examples());
    evaluations.inc(round.evaluations());
    rejectedSteps.inc(round.rejectedSteps());
    latest = round;
  }

  /**
   * Tells how accurate the network was after the latest epoch.
   *
   * @param accuracy in [0, 1]
   */
  public void epochFinished(double accuracy) {
    testAccuracy = accuracy;
  }
}
