/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.plan.Round;
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

/**
 * Parameter averaging over the workers of one round, once.
 *
 * <p>It differs from dl4j-spark's master in this:
 *
 * <ul>
 *   <li>Results are merged as {@link ResultMerge} says, by default in the order of partitions, not
 *       of arrival, so the same round gives the same bits with any number of workers.
 *   <li>A worker weighs as much as it trained examples, so a short last round counts right. The
 *       state of the updater (momentum, Adam's moments) is averaged in the same way.
 *   <li>An {@link OuterOptimizer} may make something else of the average.
 *   <li>The driver's network changes only when the results of all workers are in and finite.
 *   <li>Workers keep the count of iterations (see {@link IterationKeepingWorker}).
 *   <li>It starts one Spark job per round, not two, since the plan knows how many minibatches there
 *       are; and the broadcast parameters of a round can be given back when it is over.
 * </ul>
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster implements AutoCloseable {
  private final Round round;
  private final ResultMerge merge;
  private final OuterOptimizer outer;
  private final MinibatchHook hook;
  private Broadcast<NetBroadcastTuple> broadcast;
  private long broadcastNanos;
  private long averagingNanos;

  /**
   * Makes a master for one try of one round.
   *
   * @param batchSize examples in a full minibatch
   * @param merge makes one result of those of the workers
   * @param outer takes a step with it
   * @param seed dl4j-spark asks for one, though nothing is drawn when a round is one split
   */
  AveragingMaster(
      Round round,
      int batchSize,
      long seed,
      ResultMerge merge,
      OuterOptimizer outer,
      MinibatchHook hook) {
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
    this.merge = merge;
    this.outer = outer;
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
    MergedResult merged = merge.merge(results, round);
    merged.requireFinite(round);
    merged.applyTo(graph.getNetwork(), outer);
    graph.setScore(merged.score());
    averagingNanos = System.nanoTime() - merged.arrivedNanos();
  }
}
