/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import org.anodespark.jobs.block.StepMethods;
import org.anodespark.jobs.config.OptimizerSettings;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.Optimizers;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.evolution.BoundedEvolution;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.EvolvingConvolution;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ScheduleType;

class OdeNetworkFactoryTest {
  @Test
  void buildsBlocksWithTheSolverStepsAndAdjointOfTheSettings() {
    OdeBlock block = block("rk4", 5, "step");
    assertThat(block.getSolver()).isEqualTo(new ClassicRungeKutta());
    assertThat(block.getStepControl()).isEqualTo(new FixedSteps(5));
    assertThat(block.getAdjoint()).isEqualTo(new StepCheckpoint());
  }

  static List<String> solvers() {
    return StepMethods.CHOICES.names();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void everySolverBuildsANetworkThatComputes(String solver) {
    ComputationGraph network = new ComputationGraph(configure(solver, 1, "anode"));
    network.init();
    network.fit(batch());

    assertThat(network.score()).isFinite();
    assertThat(new OdeBlockStatistics().read(network).get("ode1").acceptedSteps()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "full",
        "anode",
        "step",
        "online",
        "anode-revolve",
        "reverse-time",
        "interpolated"
      })
  void adaptiveStepsTrainWithEveryAdjointThatNeedNotKnowTheirNumber(String adjoint) {
    ComputationGraph network = new ComputationGraph(configure("tsitouras", 0, adjoint));
    network.init();
    network.fit(batch());

    assertThat(network.score()).isFinite();
    assertThat(new OdeBlockStatistics().read(network).get("ode1").acceptedSteps()).isPositive();
  }

  @Test
  void decaysWeightsInsideTheBlocksButNotTheirBiases() {
    OdeBlock block = block("euler", 2, "anode");
    assertThat(block.getRegularizationByParam("0.W"))
        .singleElement(as(type(WeightDecay.class)))
        .satisfies(decay -> assertThat(decay.getCoeff().valueAt(0, 0)).isEqualTo(0.01));
    assertThat(block.getRegularizationByParam("0.b")).isEmpty();
  }

  @Test
  void readsTheStatisticsOfEveryBlockByItsName() {
    ComputationGraph network = new ComputationGraph(configure("midpoint", 3, "anode"));
    network.init();
    network.fit(batch());

    var statistics = new OdeBlockStatistics().read(network);

    assertThat(statistics).containsOnlyKeys("ode1", "ode2");
    SolveStatistics first = statistics.get("ode1");
    assertThat(first.forwardEvaluations()).isEqualTo(6);
    assertThat(first.recomputedEvaluations()).isEqualTo(6);
    assertThat(first.pullbacks()).isEqualTo(6);
    assertThat(first.acceptedSteps()).isEqualTo(3);
  }

  @Test
  void gradientsAreClippedButRunningStatisticsAreNot() {
    double threshold = 1e-3;
    ComputationGraph clipped = fitted("norm", threshold);
    ComputationGraph plain = fitted("none", threshold);
    ComputationGraph before = fitted("none", 1, 0);

    for (String layer : List.of("stem", "ode1", "classifier")) {
      assertThat(change(clipped, before, layer))
          .as(layer)
          .isBetween(0.99 * threshold, 1.01 * threshold)
          .isLessThan(change(plain, before, layer));
    }
    assertThat(change(clipped, before, "stem-norm")).isEqualTo(change(plain, before, "stem-norm"));
  }

  /** How far an update with rate 1 moved a layer's parameters. */
  private static double change(ComputationGraph after, ComputationGraph before, String layer) {
    return after
        .getLayer(layer)
        .params()
        .sub(before.getLayer(layer).params())
        .norm2Number()
        .doubleValue();
  }

  @Test
  void makesTheNetworkOfOneDenseOde() {
    assertThat(parameters("dense", new ImageFacts(28, 28, 1, 10))).isEqualTo(166_418);
  }

  @Test
  void makesTheNetworkOfOneOdeOnImagesWithMoreChannels() {
    // 272 of them are running statistics
    assertThat(parameters("augmented", new ImageFacts(32, 32, 3, 10))).isEqualTo(58_047 + 272);
  }

  @ParameterizedTest
  @CsvSource({"resnet-4, 7706", "resnet-10, 44378", "alexnet, 1756682"})
  void makesThePublishedNetworks(String network, int parameters) {
    // without norms in the fields, and with the running statistics of those outside
    assertThat(parameters(network, new ImageFacts(32, 32, 3, 10))).isEqualTo(parameters);
  }

  private static long parameters(String network, ImageFacts images) {
    ComputationGraph graph =
        new ComputationGraph(
            new OdeNetworkFactory()
                .create(
                    TestSettings.model(network, TestSettings.block("euler", 1, "anode")),
                    images,
                    Optimizers.of(TestSettings.OPTIMIZER, new TrainingPlan(1, 10, 1, 1, 1, 1), 1),
                    1));
    graph.init();
    return graph.numParams();
  }

  private static ComputationGraphConfiguration configured(String... overrides) {
    Settings settings =
        SettingsLoader.load(new SettingSources(List.of(), List.of(overrides))).settings();
    return new OdeNetworkFactory()
        .create(
            settings.model(),
            new ImageFacts(8, 8, 3, 2),
            Optimizers.of(settings.optimizer(), new TrainingPlan(1, 10, 3, 1, 1, 1), 1),
            1);
  }

  @Test
  void weightsEvolveAsTheSettingsSay() {
    ComputationGraphConfiguration configuration =
        configured(
            "model.block.evolution.kind=bounded",
            "model.block.evolution.timing=before",
            "model.block.evolution.solver=rk4",
            "model.block.evolution.steps=7");

    assertThat(blocks(configuration)).hasSize(3);
    for (OdeBlock block : blocks(configuration)) {
      assertThat(block.getDynamics())
          .filteredOn(EvolvingConvolution.class::isInstance)
          .hasSize(2)
          .map(EvolvingConvolution.class::cast)
          .allSatisfy(
              layer -> {
                assertThat(layer.getEvolution())
                    .isEqualTo(new BoundedEvolution(new ClassicRungeKutta(), 7));
                assertThat(layer.getTiming()).isEqualTo(EvolutionTiming.BEFORE);
              });
    }
  }

  @Test
  void aNetworkWhoseWeightsEvolveComputes() {
    ComputationGraph network =
        new ComputationGraph(
            configured(
                "model.block.evolution.kind=reaction-diffusion-advection",
                "model.normalization=batch-per-step"));
    network.init();
    network.fit(batch());
    assertThat(network.score()).isFinite();
  }

  @Test
  void blocksGetTheRegularisersOfTheSettings() {
    ComputationGraphConfiguration configuration =
        configured(
            "model.block.solver=tsitouras",
            "model.block.steps=0",
            "model.block.regularizers.error-estimate.coefficient=100",
            "model.block.regularizers.error-estimate.final-factor=0.1");

    assertThat(blocks(configuration)).hasSize(3);
    for (OdeBlock block : blocks(configuration)) {
      assertThat(block.getRegularizers())
          .containsExactly(
              new ErrorEstimate(new ExponentialAnnealing(ScheduleType.ITERATION, 100, 10, 30)));
    }
  }

  private static List<OdeBlock> blocks(ComputationGraphConfiguration configuration) {
    return configuration.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
        .filter(OdeBlock.class::isInstance)
        .map(OdeBlock.class::cast)
        .toList();
  }

  private static ComputationGraph fitted(String clipping, double threshold) {
    return fitted(clipping, threshold, 1);
  }

  private static ComputationGraph fitted(String clipping, double threshold, int times) {
    OptimizerSettings optimizer =
        new OptimizerSettings("sgd", 1, 0, 0, "constant", List.of(), 0.1, 0, clipping, threshold);
    ComputationGraph network =
        new ComputationGraph(
            new OdeNetworkFactory()
                .create(
                    TestSettings.model("residual", TestSettings.block("euler", 1, "anode")),
                    new ImageFacts(8, 8, 3, 2),
                    Optimizers.of(optimizer, new TrainingPlan(1, 10, 1, 1, 1, 1), 1),
                    1));
    network.init();
    Nd4j.getRandom().setSeed(5);
    DataSet batch = batch();
    for (int i = 0; i < times; i++) {
      network.fit(batch);
    }
    return network;
  }

  private static DataSet batch() {
    return new DataSet(Nd4j.rand(DataType.FLOAT, 2, 8, 8, 3), Nd4j.eye(2).castTo(DataType.FLOAT));
  }

  private static ComputationGraphConfiguration configure(String solver, int steps, String adjoint) {
    return new OdeNetworkFactory()
        .create(
            TestSettings.model("residual", TestSettings.block(solver, steps, adjoint)),
            new ImageFacts(8, 8, 3, 2),
            Optimizers.of(
                TestSettings.optimizer("sgd", 0.1, 0, 0.01, "constant", 0),
                new TrainingPlan(1, 10, 1, 1, 1, 1),
                1),
            1);
  }

  private static OdeBlock block(String solver, int steps, String adjoint) {
    return (OdeBlock)
        ((LayerVertex) configure(solver, steps, adjoint).getVertices().get("ode1"))
            .getLayerConf()
            .getLayer();
  }
}
