/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.metrics.RoundFigures;
import org.anodespark.jobs.metrics.TrainingMetrics;

/** Tells Spark's metrics system how the training goes. */
final class MetricsPublisher implements TrainingObserver {
  @Override
  public void roundFinished(RoundReport report) {
    Tally tally = report.tally();
    TrainingMetrics.ofThisProcess()
        .roundFinished(
            new RoundFigures(
                tally.examples(),
                tally.evaluations(),
                tally.rejectedSteps(),
                tally.imagesPerSecond(),
                tally.overheadFraction(),
                tally.trainLoss(),
                report.learningRate(),
                tally.peakMemoryBytes()));
  }

  @Override
  public void epochFinished(EpochReport report) {
    TrainingMetrics.ofThisProcess().epochFinished(report.testAccuracy());
  }
}
