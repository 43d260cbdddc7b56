/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import java.util.List;

/**
 * What one worker trains in one round.
 *
 * @param worker position of the worker, which is also the Spark partition, from 0
 * @param minibatches in training order, at least one
 */
public record WorkerShare(int worker, List<Minibatch> minibatches) {
  public WorkerShare {
    minibatches = List.copyOf(minibatches);
  }

  /** The number of examples in all minibatches: the worker's weight in the average. */
  public int examples() {
    return minibatches.stream().mapToInt(Minibatch::size).sum();
  }
}
