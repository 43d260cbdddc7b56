/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.data.PrefetchingLoader;
import org.anodespark.jobs.plan.Seeds;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stands around each parameter update on the executors. Before it, seeds ND4J's random numbers of
 * this thread from the run's seed, the iteration and the worker: dl4j-spark leaves them to chance,
 * and a repeated task must draw the same ones. After it, records what the update was like.
 *
 * <p>Each task has its own copy. Records reach the driver by an accumulator: Spark adds those of a
 * task that ends a job, as tasks of a round do, once per partition, however often the task was
 * tried or run speculatively, and drops those of failed tasks.
 */
final class MinibatchHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private final CollectionAccumulator<MinibatchRecord> records;
  private final SolveCounts counts;
  private final long seed;
  private final SolveStatisticsReader statistics;
  private final PrefetchingLoader loader;
  private transient long setUpNanos;
  private transient int iteration;
  private transient long startedNanos;

  /**
   * Makes a hook for one try of one round.
   *
   * @param records registered, and used by no other try
   * @param counts likewise, for Spark's user interface
   * @param seed the run's seed
   * @param loader of the minibatches; a task gets this hook and its loader in one piece, so the
   *     loader here is the one that loads
   */
  MinibatchHook(
      CollectionAccumulator<MinibatchRecord> records,
      SolveCounts counts,
      long seed,
      SolveStatisticsReader statistics,
      PrefetchingLoader loader) {
    this.records = records;
    this.counts = counts;
    this.seed = seed;
    this.statistics = statistics;
    this.loader = loader;
  }

  /** Is told, before the first update of a task, how long its network took. */
  void networkReadyAfter(long nanos) {
    setUpNanos = nanos;
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {
    iteration = ((ComputationGraph) model).getIterationCount();
    Nd4j.getRandom().setSeed(Seeds.ofUpdate(seed, iteration, TaskContext.getPartitionId()));
    startedNanos = System.nanoTime();
  }

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {
    long computeNanos = System.nanoTime() - startedNanos;
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    long setUp = setUpNanos;
    setUpNanos = 0;
    MinibatchRecord record =
        MinibatchRecord.of(
            (ComputationGraph) model,
            statistics,
            TaskContext.getPartitionId(),
            iteration,
            here.executorId(),
            here.host(),
            Math.toIntExact(minibatch.getFeatures(0).size(0)),
            computeNanos,
            loader.takeWaitedNanos(),
            setUp);
    records.add(record);
    counts.add(record.ode());
    record.publish();
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    throw new UnsupportedOperationException("only computation graphs are trained");
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    throw new UnsupportedOperationException("only computation graphs are trained");
  }
}
