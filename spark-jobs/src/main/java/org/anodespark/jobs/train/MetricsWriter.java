/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import org.anodespark.jobs.plan.TrainingPosition;
import org.anodespark.jobs.run.JsonLinesFile;
import org.anodespark.odelayers.solver.SolveStatistics;

/**
 * Writes a line per round and per epoch into {@code metrics.jsonl}, published with each checkpoint.
 */
final class MetricsWriter implements TrainingObserver {
  private final JsonLinesFile log;

  MetricsWriter(JsonLinesFile log) {
    this.log = log;
  }

  @Override
  public void roundFinished(RoundReport report) {
    Tally tally = report.tally();
    log.add(
        new RoundLine(
            "round",
            report.round().epoch(),
            report.round().number(),
            report.round().rounds(),
            report.iteration(),
            tally.examples(),
            report.round().minibatches().size(),
            report.learningRate(),
            tally.trainLoss(),
            tally.imagesPerSecond(),
            tally.overheadFraction(),
            tally.overhead(),
            tally.inputWaitSeconds(),
            tally.seconds(),
            tally.peakMemoryBytes(),
            tally.ode()));
  }

  @Override
  public void epochFinished(EpochReport report) {
    log.add(new EpochLine("epoch", report));
  }

  /** Lines of what is to be trained again go. */
  @Override
  public void resumed(TrainingState state) {
    TrainingPosition position = state.position();
    log.retain(
        line -> {
          int epoch = line.path("epoch").asInt();
          return epoch < position.epoch()
              || (epoch == position.epoch()
                  && line.path("round").asInt(Integer.MAX_VALUE) <= position.rounds());
        });
  }

  @Override
  public void checkpointComes() {
    log.publish();
  }

  private record RoundLine(
      String type,
      int epoch,
      int round,
      int rounds,
      int iteration,
      long examples,
      int minibatches,
      double learningRate,
      double trainLoss,
      double imagesPerSecond,
      double overheadFraction,
      Overhead overhead,
      double inputWaitSeconds,
      double seconds,
      long peakMemoryBytes,
      Map<String, SolveStatistics> ode) {}

  private record EpochLine(String type, @JsonUnwrapped EpochReport report) {}
}
