/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.NamedSource;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.evaluate.Classification;
import org.anodespark.jobs.evaluate.LocalEvaluator;
import org.anodespark.jobs.evaluate.MistakeImages;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.Seeds;
import org.anodespark.jobs.plan.WorkerShare;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Does in one thread what {@link SparkTrainingEngine} has done by executors: one worker's share
 * after the other, each from the parameters before the round, and then their average. It comes to
 * the same bits, if {@code averaging.merge} is {@code ordered} there. Rounds have no time limit.
 */
final class LocalTrainingEngine implements TrainingEngine {
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final TrainingData data;
  private final SolveStatisticsReader statistics;
  private final OuterOptimizer outer;
  private final long seed;
  private final String executor;
  private final String host;
  private final LocalEvaluator test;
  private final LocalEvaluator validation;

  private Classification latest;
  private TestCost cost = TestCost.NONE;

  /**
   * Makes an engine.
   *
   * @param outer takes a step with each round's average
   * @param executor id of the process, for the records
   * @param host where it runs
   */
  LocalTrainingEngine(
      Settings settings,
      TrainingData data,
      SolveStatisticsReader statistics,
      OuterOptimizer outer,
      String executor,
      String host) {
    this.data = data;
    this.statistics = statistics;
    this.outer = outer;
    this.seed = settings.seed();
    this.executor = executor;
    this.host = host;
    int batchSize = settings.evaluate().batchSize();
    test = new LocalEvaluator(data.loader(), data.testDescriptors(batchSize));
    validation =
        data.validationExamples() == 0
            ? null
            : new LocalEvaluator(data.loader(), data.validationDescriptors(batchSize));
  }

  @Override
  public RoundReport train(ComputationGraph network, Round round) {
    ComputationGraphConfiguration configuration = network.getConfiguration();
    int iteration = configuration.getIterationCount();
    int epochsDone = configuration.getEpochCount();
    long started = System.nanoTime();
    List<MinibatchRecord> records = new ArrayList<>();
    List<MergedResult> ofWorkers = new ArrayList<>();
    for (WorkerShare share : round.shares()) {
      ofWorkers.add(train(network, round, share, records));
    }
    long trained = System.nanoTime();
    MergedResult merged = OrderedMerge.average(ofWorkers, round, trained);
    merged.requireFinite(round);
    merged.applyTo(network, outer);
    ofWorkers.forEach(result -> result.parameters().close());
    configuration.setIterationCount(iteration + round.iterations());
    configuration.setEpochCount(epochsDone);
    long ended = System.nanoTime();
    double learningRate =
        Optimizers.learningRate(network, iteration + round.iterations() - 1, epochsDone);
    RoundTimes times = new RoundTimes(seconds(ended - started), 0, seconds(ended - trained));
    return RoundReport.of(round, iteration, learningRate, records, times, 1);
  }

  private static double seconds(long nanos) {
    return nanos / NANOSECONDS_PER_SECOND;
  }

  private MergedResult train(
      ComputationGraph network, Round round, WorkerShare share, List<MinibatchRecord> records) {
    long started = System.nanoTime();
    ComputationGraph worker =
        WorkerNetwork.of(
            network.getConfiguration(), network.params(), network.getUpdater().getStateViewArray());
    long setUpNanos = System.nanoTime() - started;
    for (Minibatch minibatch : share.minibatches()) {
      long asked = System.nanoTime();
      DataSet examples =
          NamedSource.load(data.loader(), data.trainEncoder().encode(round.epoch(), minibatch));
      long loaded = System.nanoTime();
      int iteration = worker.getIterationCount();
      Nd4j.getRandom().setSeed(Seeds.ofUpdate(seed, iteration, share.worker()));
      worker.fit(examples.toMultiDataSet());
      MinibatchRecord record =
          MinibatchRecord.of(
              worker,
              statistics,
              share.worker(),
              iteration,
              executor,
              host,
              minibatch.size(),
              System.nanoTime() - loaded,
              loaded - asked,
              setUpNanos);
      setUpNanos = 0;
      records.add(record);
      record.publish();
    }
    INDArray updaterState = worker.getUpdater().getStateViewArray();
    return new MergedResult(worker.params(), updaterState, worker.score(), System.nanoTime());
  }

  @Override
  public double testAccuracy(ComputationGraph network, String description) {
    TestCost.Sum sum = new TestCost.Sum();
    latest = test.evaluate(network, evaluated -> sum.add(statistics.read(evaluated)));
    cost = sum.mean();
    return latest.accuracy();
  }

  @Override
  public OptionalDouble validationAccuracy(ComputationGraph network, String description) {
    return validation == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(validation.evaluate(network, evaluated -> {}).accuracy());
  }

  @Override
  public Classification classification(ComputationGraph network) {
    if (latest == null) {
      testAccuracy(network, "evaluation of the model");
    }
    return latest;
  }

  /** What the solves of the latest evaluation of the test split took. */
  TestCost testCost() {
    return cost;
  }

  @Override
  public Map<Integer, RawImage> mistakes(Classification classification) {
    return MistakeImages.read(data.testImages(), classification);
  }

  @Override
  public boolean sparkStopped() {
    return false;
  }
}
