/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.plan.WorkerShare;
import org.anodespark.jobs.testing.Latches;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.schedule.LinearSchedule;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class RoundRunnerTest {
  private static final int SEED = 7;

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    // a task is tried twice
    spark = LocalSpark.start("local[4,2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @AfterEach
  void heal() {
    TinyData.heal();
  }

  static Stream<Function<IUpdater, ComputationGraph>> networksWithBatchNorm() {
    return Stream.of(TinyNetworks::batchNormalised, TinyNetworks::odeWithBatchNorm);
  }

  @ParameterizedTest
  @MethodSource("networksWithBatchNorm")
  void oneWorkerGivesTheBitsOfPlainLocalTraining(Function<IUpdater, ComputationGraph> network) {
    TrainingPlan plan = new TrainingPlan(SEED, 95, 2, 10, 1, 3);
    ComputationGraph onSpark = network.apply(decliningNesterov(plan));
    ComputationGraph local = network.apply(decliningNesterov(plan));

    train(onSpark, plan);
    minibatches(plan).forEach(minibatch -> local.fit(TinyData.of(minibatch.examples())));

    assertSameBits(onSpark, local);
    assertThat(onSpark.getIterationCount()).isEqualTo(local.getIterationCount()).isEqualTo(20);
  }

  @Test
  void adamOfOneWorkerGivesTheBitsOfPlainLocalTraining() {
    TrainingPlan plan = new TrainingPlan(SEED, 60, 1, 10, 1, 2);
    ComputationGraph onSpark = TinyNetworks.dense(new Adam(0.01));
    ComputationGraph local = TinyNetworks.dense(new Adam(0.01));

    train(onSpark, plan);
    minibatches(plan).forEach(minibatch -> local.fit(TinyData.of(minibatch.examples())));

    assertSameBits(onSpark, local);
  }

  static Stream<BiFunction<IUpdater, DataType, ComputationGraph>> networksWithoutBatchNorm() {
    return Stream.of(TinyNetworks::dense, TinyNetworks::ode);
  }

  @ParameterizedTest
  @MethodSource("networksWithoutBatchNorm")
  void fourWorkersThatAverageEveryMinibatchEqualOneWithABatchFourTimesAsLarge(
      BiFunction<IUpdater, DataType, ComputationGraph> network) {
    TrainingPlan plan = new TrainingPlan(SEED, 400, 1, 10, 4, 1);
    ComputationGraph onSpark = network.apply(new Sgd(0.5), DataType.DOUBLE);
    ComputationGraph local = network.apply(new Sgd(0.5), DataType.DOUBLE);
    INDArray start = local.params().dup();

    train(onSpark, plan);
    for (Round round : plan.epoch(1).rounds()) {
      local.fit(
          TinyData.of(
              round.minibatches().stream().flatMap(batch -> batch.examples().stream()).toList()));
    }

    assertThat(onSpark.params().distance2(local.params())).isLessThan(1e-6);
    assertThat(onSpark.params().distance2(start)).as("distance moved").isGreaterThan(0.1);
  }

  @Test
  void fiveWorkersGiveTheSameBitsInEveryRun() {
    TrainingPlan plan = new TrainingPlan(SEED, 230, 1, 10, 5, 2);
    ComputationGraph first = TinyNetworks.withDropout(new Adam(0.01));
    train(first, plan);

    for (int run = 2; run <= 3; run++) {
      ComputationGraph again = TinyNetworks.withDropout(new Adam(0.01));
      train(again, plan);
      assertSameBits(again, first);
    }
  }

  @Test
  void aTaskThatFailsOnceLeavesTheSameBitsAndIsCountedOnce() {
    TrainingPlan plan = new TrainingPlan(SEED, 120, 1, 10, 3, 2);
    ComputationGraph undisturbed = TinyNetworks.withDropout(new Nesterovs(0.1));
    train(undisturbed, plan);

    TinyData.failToLoad(lastExampleOf(plan.epoch(1).rounds().get(1)), 1);
    ComputationGraph disturbed = TinyNetworks.withDropout(new Nesterovs(0.1));
    List<RoundReport> reports = train(disturbed, plan);

    assertSameBits(disturbed, undisturbed);
    assertThat(reports).extracting(report -> report.tally().examples()).containsExactly(60L, 60L);
  }

  @Test
  void aRoundThatSparkGivesUpLeavesTheNetworkAsItWasAndMayBeRepeated() {
    TrainingPlan plan = new TrainingPlan(SEED, 120, 1, 10, 3, 2);
    Round first = plan.epoch(1).rounds().get(0);
    Round second = plan.epoch(1).rounds().get(1);
    ComputationGraph undisturbed = TinyNetworks.withDropout(new Nesterovs(0.1));
    train(undisturbed, plan);

    ComputationGraph network = TinyNetworks.withDropout(new Nesterovs(0.1));
    Training runner = runner(network, SolveStatisticsReader.NONE);
    runner.run(first);
    float[] parameters = parameters(network);
    float[] momentum = updaterState(network);
    TinyData.failToLoad(lastExampleOf(second), 2);

    assertThatThrownBy(() -> runner.run(second)).isInstanceOf(SparkException.class);

    assertThat(parameters(network)).isEqualTo(parameters);
    assertThat(updaterState(network)).isEqualTo(momentum);
    assertThat(network.getIterationCount()).isEqualTo(2);
    assertThat(network.getEpochCount()).isZero();

    runner.run(second);
    assertSameBits(network, undisturbed);
  }

  @Test
  void aWorkerWeighsAsMuchAsItTrained() {
    // 10 + 10 + 4 examples for two workers: the first trains 10, the second 10 and then 4
    TrainingPlan plan = new TrainingPlan(SEED, 24, 1, 10, 2, 2);
    Round round = plan.epoch(1).rounds().get(0);
    List<ComputationGraph> alone = new ArrayList<>();
    for (WorkerShare share : round.shares()) {
      ComputationGraph worker = TinyNetworks.dense(new Nesterovs(0.1));
      share.minibatches().forEach(minibatch -> worker.fit(TinyData.of(minibatch.examples())));
      alone.add(worker);
    }

    ComputationGraph network = TinyNetworks.dense(new Nesterovs(0.1));
    train(network, plan);

    for (long i = 0; i < network.numParams(); i++) {
      double parameter =
          (10 * alone.get(0).params().getDouble(i) + 14 * alone.get(1).params().getDouble(i)) / 24;
      assertThat(network.params().getDouble(i)).isEqualTo(parameter, within(1e-7));
      double momentum = (10 * momentum(alone.get(0), i) + 14 * momentum(alone.get(1), i)) / 24;
      assertThat(momentum(network, i)).isEqualTo(momentum, within(1e-7));
    }
    assertThat(network.score())
        .isEqualTo((10 * alone.get(0).score() + 14 * alone.get(1).score()) / 24, within(1e-9));
    assertThat(network.getIterationCount()).isEqualTo(2);
  }

  @Test
  void aLossThatIsNotANumberStopsTheTrainingAndLeavesTheNetworkAsItWas() {
    TrainingPlan plan = new TrainingPlan(SEED, 80, 1, 10, 2, 2);
    List<Round> rounds = plan.epoch(1).rounds();
    ComputationGraph network = TinyNetworks.dense(new Nesterovs(0.1));
    Training runner = runner(network, SolveStatisticsReader.NONE);
    runner.run(rounds.get(0));
    float[] parameters = parameters(network);
    float[] momentum = updaterState(network);
    TinyData.poison(lastExampleOf(rounds.get(1)));

    assertThatThrownBy(() -> runner.run(rounds.get(1)))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessage(
            "Training diverged in epoch 1 round 2/2: worker 2 of 2 came to a loss of NaN;"
                + " lower optimizer.learning-rate.");

    assertThat(parameters(network)).isEqualTo(parameters);
    assertThat(updaterState(network)).isEqualTo(momentum);
    assertThat(network.getIterationCount()).isEqualTo(2);
  }

  @Test
  void parametersThatOverflowStopTheTrainingThoughTheLossWasFinite() {
    ComputationGraph network = TinyNetworks.dense(new Sgd(Double.POSITIVE_INFINITY));
    float[] parameters = parameters(network);

    assertThatThrownBy(() -> train(network, new TrainingPlan(SEED, 10, 1, 10, 1, 1)))
        .isInstanceOf(JobFailure.class)
        .hasMessageMatching(
            "Training diverged in epoch 1 round 1/1: worker 1 of 1 came to a loss of [0-9.]+, but"
                + " its parameters are not finite; lower optimizer.learning-rate.");

    assertThat(parameters(network)).isEqualTo(parameters);
  }

  @Test
  void aRoundIsReportedAsItsExecutorsSawIt() {
    TrainingPlan plan = new TrainingPlan(SEED, 45, 1, 10, 2, 2);
    SolveStatisticsReader evaluations =
        model -> Map.of("block", new SolveStatistics(4, 3, 2, 1, 5, 6, 0.25, 0.5, 100, 0.125));
    ComputationGraph network = TinyNetworks.dense(new Sgd(0));
    double loss = network.score(TinyData.of(IntStream.range(0, 45).boxed().toList()));
    Training runner = runner(network, evaluations);

    RoundReport first = runner.run(plan.epoch(1).rounds().get(0));
    RoundReport second = runner.run(plan.epoch(1).rounds().get(1));

    assertThat(first.iteration()).isZero();
    assertThat(second.iteration()).isEqualTo(2);
    assertThat(first.tally().ode())
        .isEqualTo(
            Map.of("block", new SolveStatistics(16, 12, 8, 4, 20, 24, 0.25, 0.5, 100, 0.125)));
    assertThat(first.tally().executors()).hasSize(1);
    assertThat(first.tally().executors().get(0).id()).isEqualTo("driver");
    assertThat(first.tally().executors().get(0).host()).isNotBlank();
    assertThat(first.tally().executors().get(0).examples()).isEqualTo(40);
    assertThat(first.tally().executors().get(0).peakMemoryBytes()).isGreaterThan(10L * 1024 * 1024);
    assertThat(first.tally().overheadFraction()).isBetween(0.0, 1.0);
    Overhead overhead = first.tally().overhead();
    assertThat(overhead.broadcast()).isBetween(Double.MIN_VALUE, 1.0);
    assertThat(overhead.setUp()).isBetween(Double.MIN_VALUE, 1.0);
    assertThat(overhead.averaging()).isBetween(Double.MIN_VALUE, 1.0);
    assertThat(overhead.other()).isBetween(0.0, 1.0);
    assertThat(first.tally().inputWaitSeconds()).isPositive();

    Tally both = first.tally().plus(second.tally());
    assertThat(both.examples()).isEqualTo(45);
    // nothing was learnt, so the mean over minibatches is that over all
    assertThat(both.trainLoss()).isEqualTo(loss, within(1e-6));
  }

  private static final CountDownLatch SECOND_LOADED = new CountDownLatch(1);

  @Test
  void theNextMinibatchIsLoadedDuringAnUpdate() {
    Round round = new TrainingPlan(SEED, 20, 1, 10, 1, 2).epoch(1).rounds().get(0);
    String second = TinyData.describe(round.minibatches().get(1));
    DataSetLoader loader =
        source -> {
          DataSet minibatch = new TinyData().load(source);
          if (source.getPath().equals(second)) {
            SECOND_LOADED.countDown();
          }
          return minibatch;
        };
    // is asked after each update, in the worker's thread
    SolveStatisticsReader awaitSecond =
        model -> {
          Latches.await(SECOND_LOADED);
          return Map.of();
        };

    RoundReport report = runner(TinyNetworks.dense(new Sgd(0.1)), loader, awaitSecond).run(round);

    assertThat(report.tally().examples()).isEqualTo(20);
  }

  @Test
  void eachRoundIsOneSparkJobThatSaysWhichItIs() throws Exception {
    List<String> descriptions = new ArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            descriptions.add(job.properties().getProperty("spark.job.description"));
          }
        };
    spark.sc().addSparkListener(listener);

    train(TinyNetworks.dense(new Sgd(0.1)), new TrainingPlan(SEED, 80, 1, 10, 2, 2));

    spark.sc().listenerBus().waitUntilEmpty();
    spark.sc().removeSparkListener(listener);
    assertThat(descriptions).containsExactly("epoch 1 round 1/2", "epoch 1 round 2/2");
  }

  @Test
  void aStageShowsWhatItsBlocksCounted() throws Exception {
    SolveStatisticsReader evaluations =
        model -> Map.of("block", new SolveStatistics(4, 3, 2, 1, 5, 6, 0.25, 0.5, 100, 0));
    List<Object> shown = new ArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onStageCompleted(SparkListenerStageCompleted stage) {
            stage
                .stageInfo()
                .accumulables()
                .values()
                .iterator()
                .foreach(
                    accumulable -> {
                      if (accumulable.name().contains(SolveCounts.NAME)) {
                        shown.add(accumulable.value().get());
                      }
                      return null;
                    });
          }
        };
    spark.sc().addSparkListener(listener);

    runner(TinyNetworks.dense(new Sgd(0.1)), evaluations)
        .run(new TrainingPlan(SEED, 40, 1, 10, 2, 2).epoch(1).rounds().get(0));

    spark.sc().listenerBus().waitUntilEmpty();
    spark.sc().removeSparkListener(listener);
    assertThat(shown).containsExactly("block: 16 evaluations, 12 again, 20 steps, 24 rejected");
  }

  @Test
  void aTaskLeavesNoPooledArraysInItsThread() {
    List<Integer> oneForEachThread = List.of(1, 2, 3, 4);
    ComputationGraph network = TinyNetworks.ode(new Sgd(0.1), DataType.FLOAT);

    train(network, new TrainingPlan(SEED, 80, 1, 10, 4, 2));

    assertThat(
            spark
                .parallelize(oneForEachThread, oneForEachThread.size())
                .map(any -> ArrayPool.bytesOfCurrentThread())
                .collect())
        .containsOnly(0L);
  }

  @Test
  void arraysInATaskAreLimited() {
    Round round = new TrainingPlan(SEED, 20, 1, 10, 1, 2).epoch(1).rounds().get(0);
    Training runner =
        runner(
            TinyNetworks.dense(new Sgd(0.1)),
            new TinyData(),
            SolveStatisticsReader.NONE,
            new TaskMemory(1));

    try {
      assertThatThrownBy(() -> runner.run(round))
          .isInstanceOf(SparkException.class)
          .matches(ArrayLimit::wasReachedIn, "names the limit");
    } finally {
      ArrayLimit.set(ArrayLimit.NONE);
    }
  }

  @Test
  void aRoundWhoseTasksAllFailOnceComesToTheSameBits() {
    TrainingPlan plan = new TrainingPlan(SEED, 230, 1, 10, 5, 2);
    ComputationGraph undisturbed = TinyNetworks.dense(decliningNesterov(plan));
    ComputationGraph disturbed = TinyNetworks.dense(decliningNesterov(plan));
    train(undisturbed, plan);
    for (Round round : rounds(plan)) {
      for (WorkerShare share : round.shares()) {
        TinyData.failToLoad(share.minibatches().get(0).examples().get(0), 1);
      }
    }
    train(disturbed, plan);

    assertSameBits(disturbed, undisturbed);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void aTreeMergeDiffersInTheLastDigitsOnly(int workers) {
    TrainingPlan plan = new TrainingPlan(SEED, 230, 1, 10, workers, 2);
    ComputationGraph ordered = TinyNetworks.dense(decliningNesterov(plan));
    ComputationGraph tree = TinyNetworks.dense(decliningNesterov(plan));

    train(ordered, plan);
    Training inATree = averaging(tree, new TreeMerge(), new OuterOptimizer(0, 1), 0);
    rounds(plan).forEach(inATree::run);

    assertThat(parameters(tree)).containsExactly(parameters(ordered), within(1e-5f));
    assertThat(updaterState(tree)).containsExactly(updaterState(ordered), within(1e-5f));
    assertThat(tree.score()).isCloseTo(ordered.score(), within(1e-6));
  }

  @Test
  void aTreeMergeNoticesAResultThatIsNotFinite() {
    ComputationGraph network = TinyNetworks.dense(new Sgd(0.1));
    Round round = new TrainingPlan(SEED, 80, 1, 10, 2, 2).epoch(1).rounds().get(0);
    TinyData.poison(lastExampleOf(round));

    assertThatThrownBy(
            () -> averaging(network, new TreeMerge(), new OuterOptimizer(0, 1), 0).run(round))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageStartingWith("Training diverged in epoch 1 round 1/2: its workers came to");
  }

  @Test
  void aRoundThatTakesTooLongFailsAndChangesNothing() {
    ComputationGraph network = TinyNetworks.dense(new Sgd(0.1));
    float[] before = parameters(network);
    Round round = new TrainingPlan(SEED, 20, 1, 10, 2, 1).epoch(1).rounds().get(0);
    DataSetLoader stuck =
        source -> {
          try {
            // until Spark interrupts it
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return null;
        };
    Training training =
        runner(
            network,
            stuck,
            SolveStatisticsReader.NONE,
            TaskMemory.UNLIMITED,
            new RoundRunner.Averaging(new OrderedMerge(), new OuterOptimizer(0, 1), 0.01));

    assertThatThrownBy(() -> training.run(round))
        .isInstanceOf(RoundTookTooLong.class)
        .hasMessage("epoch 1 round 1/1 took longer than averaging.limit-minutes = 0.01");
    assertThat(parameters(network)).isEqualTo(before);
  }

  private static Training averaging(
      ComputationGraph network, ResultMerge merge, OuterOptimizer outer, double limitMinutes) {
    return runner(
        network,
        new TinyData(),
        SolveStatisticsReader.NONE,
        TaskMemory.UNLIMITED,
        new RoundRunner.Averaging(merge, outer, limitMinutes));
  }

  private static Nesterovs decliningNesterov(TrainingPlan plan) {
    return new Nesterovs(new LinearSchedule(0.1, plan.iterations()), 0.9);
  }

  private static Training runner(ComputationGraph network, SolveStatisticsReader statistics) {
    return runner(network, new TinyData(), statistics);
  }

  private static Training runner(
      ComputationGraph network, DataSetLoader loader, SolveStatisticsReader statistics) {
    return runner(network, loader, statistics, TaskMemory.UNLIMITED);
  }

  private static Training runner(
      ComputationGraph network,
      DataSetLoader loader,
      SolveStatisticsReader statistics,
      TaskMemory memory) {
    return runner(
        network,
        loader,
        statistics,
        memory,
        new RoundRunner.Averaging(new OrderedMerge(), new OuterOptimizer(0, 1), 0));
  }

  private static Training runner(
      ComputationGraph network,
      DataSetLoader loader,
      SolveStatisticsReader statistics,
      TaskMemory memory,
      RoundRunner.Averaging averaging) {
    return new Training(
        network,
        new RoundRunner(
            spark,
            TrainingLabel.NONE,
            loader,
            (epoch, minibatch) -> TinyData.describe(minibatch),
            statistics,
            memory,
            averaging,
            10,
            SEED));
  }

  /** A runner and what it trains. */
  private record Training(ComputationGraph network, RoundRunner rounds) {
    RoundReport run(Round round) {
      return rounds.run(network, round);
    }
  }

  private static List<RoundReport> train(ComputationGraph network, TrainingPlan plan) {
    Training runner = runner(network, SolveStatisticsReader.NONE);
    return rounds(plan).stream().map(runner::run).toList();
  }

  private static List<Round> rounds(TrainingPlan plan) {
    return IntStream.rangeClosed(1, plan.epochs())
        .boxed()
        .flatMap(epoch -> plan.epoch(epoch).rounds().stream())
        .toList();
  }

  private static List<Minibatch> minibatches(TrainingPlan plan) {
    return rounds(plan).stream().flatMap(round -> round.minibatches().stream()).toList();
  }

  private static int lastExampleOf(Round round) {
    List<Minibatch> minibatches = round.minibatches();
    List<Integer> examples = minibatches.get(minibatches.size() - 1).examples();
    return examples.get(examples.size() - 1);
  }

  private static double momentum(ComputationGraph network, long i) {
    return network.getUpdater().getStateViewArray().getDouble(i);
  }

  private static float[] parameters(ComputationGraph network) {
    return network.params().dup().data().asFloat();
  }

  private static float[] updaterState(ComputationGraph network) {
    return network.getUpdater().getStateViewArrayCopy().data().asFloat();
  }

  private static void assertSameBits(ComputationGraph actual, ComputationGraph expected) {
    assertThat(parameters(actual)).isEqualTo(parameters(expected));
    assertThat(updaterState(actual)).isEqualTo(updaterState(expected));
  }
}
