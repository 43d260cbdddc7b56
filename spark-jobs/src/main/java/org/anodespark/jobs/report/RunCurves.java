/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.anodespark.jobs.run.MetricsPoint;
import org.anodespark.jobs.run.RecordedRun;

/** What the metrics of runs tell over the epochs. */
final class RunCurves {
  private static final double BYTES_PER_GIBIBYTE = 1L << 30;

  private final List<RecordedRun> runs;

  RunCurves(List<RecordedRun> runs) {
    this.runs = runs;
  }

  /** All charts, with one curve for each run that recorded what they show. */
  List<Chart> charts() {
    return List.of(
        new Chart("Loss in training", false, perRound(MetricsPoint::trainLoss)),
        new Chart(
            "Test accuracy", false, curves(point -> !point.ofRound(), MetricsPoint::testAccuracy)),
        new Chart("Learning rate", true, perRound(MetricsPoint::learningRate)),
        new Chart(
            "Evaluations of f per image and update",
            true,
            perRound(MetricsPoint::evaluationsPerImage)),
        new Chart("Images per second", true, perRound(MetricsPoint::imagesPerSecond)),
        new Chart(
            "Peak memory of an executor, GiB",
            true,
            perRound(point -> point.peakMemoryBytes() / BYTES_PER_GIBIBYTE)));
  }

  private List<Curve> perRound(ToDoubleFunction<MetricsPoint> value) {
    return curves(MetricsPoint::ofRound, value);
  }

  private List<Curve> curves(Predicate<MetricsPoint> which, ToDoubleFunction<MetricsPoint> value) {
    return IntStream.range(0, runs.size())
        .mapToObj(
            run ->
                new Curve(
                    run,
                    runs.get(run).metrics().stream()
                        .filter(which)
                        .map(point -> new Curve.Point(point.epoch(), value.applyAsDouble(point)))
                        .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                        .toList()))
        .toList();
  }
}
