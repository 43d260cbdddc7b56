/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.WorkerShare;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Collects all results on the driver and averages them in the order of workers: the same bits every
 * time. The driver holds as many networks as there are workers.
 */
final class OrderedMerge implements ResultMerge {
  @Override
  public MergedResult merge(JavaRDD<ParameterAveragingTrainingResult> results, Round round) {
    // a result is not serialisable; the tuple of one result is
    List<ParameterAveragingAggregationTuple> ofWorkers =
        results
            .map(result -> new ParameterAveragingElementAddFunction().call(null, result))
            .collect();
    long arrived = System.nanoTime();
    if (ofWorkers.size() != round.shares().size()) {
      throw new IllegalStateException(
          "%s: %d results from %d workers"
              .formatted(round, ofWorkers.size(), round.shares().size()));
    }
    return average(
        ofWorkers.stream()
            .map(
                result ->
                    new MergedResult(
                        result.getParametersSum(),
                        result.getUpdaterStateSum(),
                        result.getScoreSum(),
                        arrived))
            .toList(),
        round,
        arrived);
  }

  /**
   * Averages what workers have come to.
   *
   * @param ofWorkers in the order of the workers
   * @param arrivedNanos when the last of it came
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 4 if one of them is not finite
   */
  static MergedResult average(List<MergedResult> ofWorkers, Round round, long arrivedNanos) {
    List<Integer> weights = round.shares().stream().map(WorkerShare::examples).toList();
    List<INDArray> parameters = new ArrayList<>();
    List<INDArray> updaterStates = new ArrayList<>();
    double score = 0;
    for (int worker = 0; worker < ofWorkers.size(); worker++) {
      MergedResult result = ofWorkers.get(worker);
      result.requireFinite(round, "worker %d of %d".formatted(worker + 1, ofWorkers.size()));
      parameters.add(result.parameters());
      if (result.updaterState() != null) {
        updaterStates.add(result.updaterState());
      }
      score += result.score() * weights.get(worker) / round.examples();
    }
    // plain SGD has no state
    INDArray updaterState =
        updaterStates.isEmpty() ? null : WeightedAverage.of(updaterStates, weights);
    return new MergedResult(
        WeightedAverage.of(parameters, weights), updaterState, score, arrivedNanos);
  }
}
