/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.plan;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One pass over all examples of a split in their order, each of them exactly once.
 *
 * @param minibatches in order, at least one
 */
public record EvaluationPlan(List<Minibatch> minibatches) {
  public EvaluationPlan {
    minibatches = List.copyOf(minibatches);
  }

  /**
   * Plans an evaluation.
   *
   * @param examples size of the split, at least 1
   * @param batchSize examples in a minibatch (the last may be shorter), at least 1
   * @throws IllegalArgumentException when a number is below 1
   */
  public static EvaluationPlan inOrder(int examples, int batchSize) {
    EpochPlan.requirePositive("examples", examples);
    EpochPlan.requirePositive("batchSize", batchSize);
    return new EvaluationPlan(EpochPlan.cut(IntStream.range(0, examples).toArray(), batchSize));
  }

  /** The number of examples: the size of the split. */
  public int examples() {
    return minibatches.stream().mapToInt(Minibatch::size).sum();
  }
}
