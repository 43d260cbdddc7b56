/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

import java.util.List;

/**
 * What came of a training. All but the seconds follow from settings and seed, to the bit.
 *
 * @param testLoss after training, see {@link SeriesProblem#testLoss}
 * @param evaluations of f in one prediction
 * @param predictionSeconds median of several predictions, once warm
 * @param trainingSeconds of all updates together
 * @param lossCurve loss before each update, without regularisers
 */
public record SeriesResult(
    double testLoss,
    double evaluations,
    double predictionSeconds,
    double trainingSeconds,
    List<Double> lossCurve) {
  /** Keeps a copy of the list. */
  public SeriesResult {
    lossCurve = List.copyOf(lossCurve);
  }
}
