/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class LocalTrainingEngineTest {
  private static final Settings SETTINGS = TestSettings.in("run");

  private static final TrainingData DATA =
      new TrainingData(
          new DataSetFacts("tiny", false),
          TinyData.FORMAT,
          230,
          60,
          new TinyData(),
          (epoch, minibatch) -> TinyData.describe(minibatch),
          TinyData::describe,
          0,
          TinyData::describe,
          TinyData::images);

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[4]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @AfterEach
  void heal() {
    TinyData.heal();
  }

  static Stream<Function<IUpdater, ComputationGraph>> networks() {
    return Stream.of(
        TinyNetworks::withDropout, TinyNetworks::batchNormalised, TinyNetworks::odeWithBatchNorm);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void comesToTheBitsOfExecutors(Function<IUpdater, ComputationGraph> network) {
    TrainingPlan plan = new TrainingPlan(SETTINGS.seed(), 230, 2, 10, 3, 2);
    for (IUpdater updater : List.of(new Adam(0.01), new Nesterovs(0.1), new Sgd(0.1))) {
      ComputationGraph onSpark = network.apply(updater);
      ComputationGraph local = network.apply(updater);

      train(onSpark, plan, sparkEngine(new OuterOptimizer(0.5, 0.8)));
      train(local, plan, localEngine(new OuterOptimizer(0.5, 0.8), SolveStatisticsReader.NONE));

      assertThat(local.params()).isEqualTo(onSpark.params());
      assertThat(local.getUpdater().getStateViewArray())
          .isEqualTo(onSpark.getUpdater().getStateViewArray());
      assertThat(local.score()).isEqualTo(onSpark.score());
      assertThat(local.getIterationCount()).isEqualTo(onSpark.getIterationCount());
    }
  }

  @Test
  void evaluatesAsExecutorsDo() {
    ComputationGraph network = TinyNetworks.dense(new Sgd(0.1));
    TrainingEngine onSpark = sparkEngine(new OuterOptimizer(0, 1));
    TrainingEngine local = localEngine(new OuterOptimizer(0, 1), SolveStatisticsReader.NONE);

    assertThat(local.testAccuracy(network, "test"))
        .isEqualTo(onSpark.testAccuracy(network, "test"));
    assertThat(local.classification(network)).isEqualTo(onSpark.classification(network));
    assertThat(local.mistakes(local.classification(network)).keySet())
        .isEqualTo(onSpark.mistakes(onSpark.classification(network)).keySet());
    assertThat(local.validationAccuracy(network, "validation")).isEmpty();
  }

  @Test
  void countsWhatSolvesOfAnEvaluationTake() {
    SolveStatisticsReader blocks =
        model ->
            Map.of(
                "a", new SolveStatistics(40, 0, 0, 0, 5, 2, 0.25, 0.5, 100, 0),
                "b", new SolveStatistics(2, 0, 0, 0, 1, 0, 0.25, 0.5, 100, 0));
    LocalTrainingEngine engine = localEngine(new OuterOptimizer(0, 1), blocks);

    engine.testAccuracy(TinyNetworks.dense(new Sgd(0.1)), "test");

    // of each minibatch, of which there are four
    assertThat(engine.testCost()).isEqualTo(new TestCost(42, 2));
  }

  @Test
  void aLossThatIsNotANumberEndsTheTrainingAndLeavesTheNetworkAsItWas() {
    Round round = new TrainingPlan(7, 80, 1, 10, 2, 2).epoch(1).rounds().get(0);
    ComputationGraph network = TinyNetworks.dense(new Nesterovs(0.1));
    float[] before = network.params().dup().data().asFloat();
    TinyData.poison(round.shares().get(1).minibatches().get(0).examples().get(0));

    assertThatThrownBy(
            () ->
                localEngine(new OuterOptimizer(0, 1), SolveStatisticsReader.NONE)
                    .train(network, round))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageStartingWith("Training diverged in epoch 1 round 1/2: worker 2 of 2");

    assertThat(network.params().data().asFloat()).isEqualTo(before);
    assertThat(network.getIterationCount()).isZero();
  }

  private static void train(ComputationGraph network, TrainingPlan plan, TrainingEngine engine) {
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      plan.epoch(epoch).rounds().forEach(round -> engine.train(network, round));
    }
  }

  private static LocalTrainingEngine localEngine(
      OuterOptimizer outer, SolveStatisticsReader statistics) {
    return new LocalTrainingEngine(SETTINGS, DATA, statistics, outer, "1", "host");
  }

  private static TrainingEngine sparkEngine(OuterOptimizer outer) {
    return SparkTrainingEngine.of(
        spark,
        TrainingLabel.NONE,
        SETTINGS,
        DATA,
        SolveStatisticsReader.NONE,
        TaskMemory.UNLIMITED,
        outer);
  }
}
