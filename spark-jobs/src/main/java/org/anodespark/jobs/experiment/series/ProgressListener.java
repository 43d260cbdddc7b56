/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

/** Watches a training. */
@FunctionalInterface
public interface ProgressListener {
  /** Watches nothing. */
  ProgressListener NONE = (iteration, loss) -> {};

  /**
   * Called after each update.
   *
   * @param iteration from 0
   * @param loss before the update, without regularisers
   */
  void updated(int iteration, double loss);
}
