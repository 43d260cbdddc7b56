/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

/** A network with its data, deterministic: the same calls in the same order give the same bits. */
public interface SeriesProblem {
  /**
   * Updates the network once.
   *
   * @param iteration from 0
   * @return the loss before the update, without regularisers
   */
  double update(int iteration);

  /** The loss of predictions on what the network was not trained with, or on the whole solution. */
  double testLoss();

  /**
   * Predicts once.
   *
   * @return evaluations of f that it took
   */
  double predict();
}
