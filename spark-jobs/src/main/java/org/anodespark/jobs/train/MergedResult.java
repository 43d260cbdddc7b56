/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * What the workers of a round came to, one or all of them on average.
 *
 * @param parameters of the network, in its precision or in double precision
 * @param updaterState of its updater, likewise; null if that has none
 * @param score the loss of the last minibatch
 * @param arrivedNanos when the last of it came to the driver, as {@link System#nanoTime()} tells
 */
record MergedResult(INDArray parameters, INDArray updaterState, double score, long arrivedNanos) {
  /**
   * Refuses what is not finite.
   *
   * @throws JobFailure with exit code 4
   */
  void requireFinite(Round round) {
    requireFinite(round, "its workers");
  }

  /**
   * Refuses what is not finite.
   *
   * @param who came to it, for the message
   * @throws JobFailure with exit code 4
   */
  void requireFinite(Round round, String who) {
    boolean finiteScore = Double.isFinite(score);
    if (!finiteScore || !isFinite(parameters) || !isFinite(updaterState)) {
      throw new JobFailure(
          ExitCode.DIVERGED,
          "Training diverged in %s: %s came to a loss of %s%s; lower optimizer.learning-rate."
              .formatted(
                  round, who, score, finiteScore ? ", but its parameters are not finite" : ""));
    }
  }

  private static boolean isFinite(INDArray array) {
    return array == null
        || Nd4j.getExecutioner().exec(new MatchCondition(array, Conditions.notFinite())).getLong(0)
            == 0;
  }
}
