/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Comparator;
import java.util.List;
import org.anodespark.jobs.data.PrefetchingLoader;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.plan.Round;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;

/**
 * Trains rounds on Spark. A round is a transaction: the driver's network (parameters, updater
 * state, counts of iterations and epochs) either takes all of it or stays as it was, and a repeated
 * round comes to the same bits.
 */
final class RoundRunner {
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final JavaSparkContext spark;
  private final TrainingLabel label;
  private final PrefetchingLoader loader;
  private final MinibatchEncoder encoder;
  private final SolveStatisticsReader statistics;
  private final TaskMemory memory;
  private final Averaging averaging;
  private final int batchSize;
  private final long seed;

  /**
   * How rounds become parameters.
   *
   * @param merge makes one result of those of the workers
   * @param outer takes a step with it
   * @param limitMinutes how long a try of a round may take; 0 is for ever
   */
  record Averaging(ResultMerge merge, OuterOptimizer outer, double limitMinutes) {}

  /**
   * Makes a runner.
   *
   * @param label of the training
   * @param loader makes data sets from what {@code encoder} writes, as {@link PrefetchingLoader}
   *     asks for
   * @param memory of the tasks
   * @param batchSize examples in a full minibatch
   * @param seed the run's seed
   */
  RoundRunner(
      JavaSparkContext spark,
      TrainingLabel label,
      DataSetLoader loader,
      MinibatchEncoder encoder,
      SolveStatisticsReader statistics,
      TaskMemory memory,
      Averaging averaging,
      int batchSize,
      long seed) {
    this.spark = spark;
    this.label = label;
    this.loader = new PrefetchingLoader(loader);
    this.encoder = encoder;
    this.statistics = statistics;
    this.memory = memory;
    this.averaging = averaging;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  private void cancel() {
    spark.sc().cancelJobGroup(label.group());
  }

  /**
   * Trains one round, once.
   *
   * @param network the driver's network, initialised
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 4 when a worker's loss,
   *     parameters or updater state are not finite
   * @throws RoundTookTooLong when it was cancelled for that
   */
  RoundReport run(ComputationGraph network, Round round) {
    try (TimeLimit limit = TimeLimit.of(averaging.limitMinutes(), this::cancel)) {
      try {
        return runToItsEnd(network, round);
      } catch (Exception e) {
        // Spark's exceptions are checked, but its Java interface does not declare them
        if (limit.isExceeded()) {
          throw new RoundTookTooLong(round, averaging.limitMinutes(), e);
        }
        throw e;
      }
    }
  }

  private RoundReport runToItsEnd(ComputationGraph network, Round round) {
    ComputationGraphConfiguration configuration = network.getConfiguration();
    int iteration = configuration.getIterationCount();
    int epochsDone = configuration.getEpochCount();
    SparkContext context = spark.sc();
    // a fresh one per try: it may hold records of a try that failed
    CollectionAccumulator<MinibatchRecord> records = context.collectionAccumulator();
    SolveCounts counts = new SolveCounts();
    context.register(counts, SolveCounts.NAME);
    long broadcastNanos;
    long averagingNanos;
    long started = System.nanoTime();
    spark.setJobGroup(label.group(), label.describe(round.toString()), true);
    try (AveragingMaster master =
        new AveragingMaster(
            round,
            batchSize,
            seed,
            averaging.merge(),
            averaging.outer(),
            new MinibatchHook(records, counts, seed, statistics, loader))) {
      new SparkComputationGraph(spark, network, master)
          .fitPaths(
              loader.announced(
                  memory.around(spark.parallelize(descriptors(round), round.shares().size()))),
              loader);
      configuration.setIterationCount(iteration + round.iterations());
      broadcastNanos = master.broadcastNanos();
      averagingNanos = master.averagingNanos();
    } finally {
      // fitPaths takes each of its calls for an epoch
      configuration.setEpochCount(epochsDone);
      spark.clearJobGroup();
    }
    RoundTimes times =
        new RoundTimes(
            (System.nanoTime() - started) / NANOSECONDS_PER_SECOND,
            broadcastNanos / NANOSECONDS_PER_SECOND,
            averagingNanos / NANOSECONDS_PER_SECOND);
    double learningRate =
        Optimizers.learningRate(network, iteration + round.iterations() - 1, epochsDone);
    return RoundReport.of(round, iteration, learningRate, inOrder(records), times, slots(context));
  }

  private List<String> descriptors(Round round) {
    return round.minibatches().stream()
        .map(minibatch -> encoder.encode(round.epoch(), minibatch))
        .toList();
  }

  private static List<MinibatchRecord> inOrder(CollectionAccumulator<MinibatchRecord> records) {
    return records.value().stream()
        .sorted(
            Comparator.comparingInt(MinibatchRecord::worker)
                .thenComparingInt(MinibatchRecord::iteration))
        .toList();
  }

  /** How many tasks of a training the cluster can run at once. */
  private static int slots(SparkContext context) {
    return Math.max(
        1,
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile()));
  }
}
