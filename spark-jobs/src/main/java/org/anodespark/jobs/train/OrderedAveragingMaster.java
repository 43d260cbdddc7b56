/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.WorkerShare;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Parameter averaging over the workers of one round, once.
 *
 * <p>It differs from dl4j-spark's master in this:
 *
 * <ul>
 *   <li>Results are averaged in the order of partitions, not of arrival, so the same round gives
 *       the same bits with any number of workers.
 *   <li>A worker weighs as much as it trained examples, so a short last round counts right. The
 *       state of the updater (momentum, Adam's moments) is averaged in the same way.
 *   <li>The driver's network changes only when the results of all workers are in and finite.
 *   <li>Workers keep the count of iterations (see {@link IterationKeepingWorker}).
 *   <li>It starts one Spark job per round, not two, since the plan knows how many minibatches there
 *       are; and the broadcast parameters of a round can be given back when it is over.
 * </ul>
 */
final class OrderedAveragingMaster extends ParameterAveragingTrainingMaster
    implements AutoCloseable {
  private final Round round;
  private final MinibatchHook hook;
  private Broadcast<NetBroadcastTuple> broadcast;
  private long broadcastNanos;
  private long averagingNanos;

  /**
   * Makes a master for one try of one round.
   *
   * @param batchSize examples in a full minibatch
   * @param seed dl4j-spark asks for one, though nothing is drawn when a round is one split
   */
  OrderedAveragingMaster(Round round, int batchSize, long seed, MinibatchHook hook) {
    super(
        new Builder(round.shares().size(), batchSize)
            .batchSizePerWorker(batchSize)
            .averagingFrequency(round.iterations())
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .storageLevelStreams(null)
            // an error in a prefetching thread would end the executor's process
            .workerPrefetchNumBatches(0)
            .rngSeed(seed));
    this.round = round;
    this.hook = hook;
  }

  /** How long the driver took to make the parameters ready for the executors. */
  long broadcastNanos() {
    return broadcastNanos;
  }

  /** How long the driver took from the last result of a worker to the average. */
  long averagingNanos() {
    return averagingNanos;
  }

  /** Gives back the parameters that were sent to the executors. */
  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }

  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> trainingData) {
    return round.minibatches().size();
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    long started = System.nanoTime();
    ComputationGraph network = graph.getNetwork();
    broadcast =
        graph
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.getConfiguration(),
                    network.params(),
                    network.getUpdater().getStateViewArray()));
    broadcastNanos = System.nanoTime() - started;
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            true,
            rddDataSetNumExamples,
            batchSizePerWorker,
            averagingFrequency,
            prefetchNumBatches,
            collectTrainingStats);
    return new IterationKeepingWorker(broadcast, saveUpdater, configuration, hook);
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer multiLayer,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int splitNumber,
      int splits) {
    // a result is not serialisable; the tuple of one result is
    List<ParameterAveragingAggregationTuple> ofWorkers =
        results
            .map(result -> new ParameterAveragingElementAddFunction().call(null, result))
            .collect();
    long collected = System.nanoTime();
    requireAllFinite(ofWorkers);

    List<Integer> weights = round.shares().stream().map(WorkerShare::examples).toList();
    List<INDArray> parameters = new ArrayList<>();
    List<INDArray> updaterStates = new ArrayList<>();
    double score = 0;
    for (int worker = 0; worker < ofWorkers.size(); worker++) {
      ParameterAveragingAggregationTuple result = ofWorkers.get(worker);
      parameters.add(result.getParametersSum());
      if (result.getUpdaterStateSum() != null) {
        updaterStates.add(result.getUpdaterStateSum());
      }
      score += result.getScoreSum() * weights.get(worker) / round.examples();
    }
    INDArray averageParameters = WeightedAverage.of(parameters, weights);
    // plain SGD has no state
    INDArray averageState =
        updaterStates.isEmpty() ? null : WeightedAverage.of(updaterStates, weights);

    ComputationGraph network = graph.getNetwork();
    network.setParams(averageParameters);
    network.getUpdater().setStateViewArray(averageState);
    network.setScore(score);
    graph.setScore(score);
    averagingNanos = System.nanoTime() - collected;
  }

  private void requireAllFinite(List<ParameterAveragingAggregationTuple> ofWorkers) {
    if (ofWorkers.size() != round.shares().size()) {
      throw new IllegalStateException(
          "%s: %d results from %d workers"
              .formatted(round, ofWorkers.size(), round.shares().size()));
    }
    for (int worker = 0; worker < ofWorkers.size(); worker++) {
      ParameterAveragingAggregationTuple result = ofWorkers.get(worker);
      if (!Double.isFinite(result.getScoreSum())
          || !isFinite(result.getParametersSum())
          || !isFinite(result.getUpdaterStateSum())) {
        throw new JobFailure(
            ExitCode.DIVERGED,
            ("Training diverged in %s: worker %d of %d came to a loss of %s%s; lower"
                    + " optimizer.learning-rate.")
                .formatted(
                    round,
                    worker + 1,
                    ofWorkers.size(),
                    result.getScoreSum(),
                    Double.isFinite(result.getScoreSum())
                        ? ", but its parameters are not finite"
                        : ""));
      }
    }
  }

  private static boolean isFinite(INDArray array) {
    return array == null
        || Nd4j.getExecutioner().exec(new MatchCondition(array, Conditions.notFinite())).getLong(0)
            == 0;
  }
}
