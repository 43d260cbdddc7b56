/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.config.EarlyStoppingSettings;

/**
 * Ends a training that gets no better. dl4j-spark's trainer for that counts epochs wrongly, and
 * calls the worst accuracy the best.
 *
 * @param patience epochs without an improvement, at least 1; 0 is never
 * @param minimumImprovement by how much the accuracy must rise, in [0, 1)
 */
record EarlyStopping(int patience, double minimumImprovement) {
  static EarlyStopping of(EarlyStoppingSettings settings) {
    return new EarlyStopping(settings.patience(), settings.minimumImprovement());
  }

  /**
   * Whether an epoch is better than all before.
   *
   * @param best so far, or null
   */
  boolean improves(BestEpoch best, double accuracy) {
    return best == null || accuracy > best.accuracy() + minimumImprovement;
  }

  /** Whether a training is to end after an epoch. */
  boolean endsAfter(int epoch, BestEpoch best) {
    return patience > 0 && best != null && epoch - best.epoch() >= patience;
  }
}
