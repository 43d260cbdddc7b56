/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.IdentityHashMap;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
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

  /**
   * Makes this what a network has come to.
   *
   * @param network the driver's
   * @param outer takes a step with the parameters
   */
  void applyTo(ComputationGraph network, OuterOptimizer outer) {
    setParameters(network, parameters.castTo(network.params().dataType()), outer);
    if (updaterState != null) {
      DataType type = network.getUpdater().getStateViewArray().dataType();
      network.getUpdater().setStateViewArray(updaterState.castTo(type));
    }
    network.setScore(score);
  }

  /**
   * Running statistics are no parameters that an optimiser moves: their average stays. What a step
   * beyond the average has led out of a layer's constraints comes back.
   */
  private static void setParameters(
      ComputationGraph network, INDArray average, OuterOptimizer outer) {
    INDArray next = outer.step(network.params(), average);
    network.setParams(average);
    if (!outer.isPlainAverage()) {
      IdentityHashMap<INDArray, INDArray> statistics = runningStatistics(network);
      network.setParams(next);
      statistics.forEach(INDArray::assign);
      ComputationGraphConfiguration progress = network.getConfiguration();
      network.applyConstraints(progress.getIterationCount(), progress.getEpochCount());
    }
  }

  /** Copies of the means and variances that norms keep for predictions, by where they belong. */
  private static IdentityHashMap<INDArray, INDArray> runningStatistics(ComputationGraph network) {
    IdentityHashMap<INDArray, INDArray> statistics = new IdentityHashMap<>();
    for (Layer layer : network.getLayers()) {
      layer
          .paramTable()
          .forEach(
              (name, array) -> {
                if (!layer.updaterDivideByMinibatch(name)) {
                  statistics.put(array, array.dup());
                }
              });
    }
    return statistics;
  }

  private static boolean isFinite(INDArray array) {
    return array == null
        || Nd4j.getExecutioner().exec(new MatchCondition(array, Conditions.notFinite())).getLong(0)
            == 0;
  }
}
