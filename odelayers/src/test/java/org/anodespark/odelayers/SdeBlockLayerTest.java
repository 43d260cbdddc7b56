/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.dynamics.TimeAsChannel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.stochastic.StochasticStatistics;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.rungekutta.EulerMaruyama;
import org.anodespark.odelayers.stochastic.rungekutta.Milstein;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri2;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

class SdeBlockLayerTest {
  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<SdeBlock.Builder> settings() {
    return Stream.of(
        SdeBlockTest.builder().solver(new EulerMaruyama()).steps(3),
        SdeBlockTest.builder().solver(new Milstein()).steps(2).adjoint(new FullStorage()),
        SdeBlockTest.builder().solver(new Sosri()).steps(2).adjoint(new StepCheckpoint()),
        SdeBlockTest.builder()
            .solver(new Sosri2())
            .steps(2)
            .timeInput(new TimeAsChannel())
            .adjoint(new AnodeCheckpoint(new StepCheckpoint())));
  }

  /** The generator is seeded alike before each loss, so that the noise is the same. */
  @ParameterizedTest
  @MethodSource("settings")
  void agreesWithCentralDifferencesInANetwork(SdeBlock.Builder settings) {
    for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
      MultiLayerNetwork network =
          Networks.network("dense", settings.build().clone(), mode, new NoOp());
      DataSet data = Networks.data("dense");
      assertThat(
              GradientCheckUtil.checkGradients(
                  new GradientCheckUtil.MLNConfig()
                      .net(network)
                      .input(data.getFeatures())
                      .labels(data.getLabels())
                      .epsilon(1e-6)
                      .maxRelError(1e-3)
                      .minAbsoluteError(1e-8)
                      .print(GradientCheckUtil.PrintMode.ZEROS)
                      .exitOnFirstError(false)
                      .callEachIter(each -> Nd4j.getRandom().setSeed(5))))
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hasTheSameGradientInAComputationGraph(SdeBlock.Builder settings) {
    MultiLayerNetwork network =
        Networks.network("dense", settings.build().clone(), WorkspaceMode.ENABLED, new NoOp());
    DataSet data = Networks.data("dense");
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    Nd4j.getRandom().setSeed(5);
    network.computeGradientAndScore();
    var graph = network.toComputationGraph();
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    Nd4j.getRandom().setSeed(5);
    graph.computeGradientAndScore();
    assertThat(Bits.of(graph.getFlattenedGradients()))
        .isEqualTo(Bits.of(network.getFlattenedGradients()));
  }

  @Test
  void drawsAnotherPathInEachIterationAndTheSameOnesFromTheSameSeed() {
    assertThat(outputsInTraining(5)).isEqualTo(outputsInTraining(5));
    assertThat(outputsInTraining(6)[0]).isNotEqualTo(outputsInTraining(5)[0]);
    assertThat(outputsInTraining(5)[0]).isNotEqualTo(outputsInTraining(5)[1]);
  }

  private static double[][] outputsInTraining(long seed) {
    MultiLayerNetwork network = network(SdeBlockTest.builder().solver(new Milstein()).steps(3));
    INDArray x = Networks.data("dense").getFeatures();
    Nd4j.getRandom().setSeed(seed);
    return new double[][] {Bits.of(network.output(x, true)), Bits.of(network.output(x, true))};
  }

  @Test
  void predictsTheMeanOverItsPaths() {
    INDArray u = Nd4j.linspace(DataType.DOUBLE, -1, 0.2, 12).reshape(3, 4);
    INDArray mean = u.ulike();
    for (int i = 0; i < 3; i++) {
      mean.addi(predicted(SdeBlockTest.builder().paths(1).predictionSeed(11 + i), u).divi(3));
    }
    INDArray together = predicted(SdeBlockTest.builder().paths(3).predictionSeed(11), u);
    assertThat(Bits.of(together)).containsExactly(Bits.of(mean), within(1e-14));
    assertThat(together.distance2(predicted(SdeBlockTest.builder(), u))).isGreaterThan(0.01);
  }

  private static INDArray predicted(SdeBlock.Builder settings, INDArray u) {
    return network(settings.solver(new Sosri()).steps(3))
        .getLayer(1)
        .activate(u.dup(), false, LayerWorkspaceMgr.noWorkspaces());
  }

  @Test
  void predictsWithoutNoiseLikeAnOdeBlockOnItsDrift() {
    MultiLayerNetwork stochastic =
        network(SdeBlockTest.builder().solver(new EulerMaruyama()).steps(3).paths(0));
    MultiLayerNetwork deterministic =
        Networks.network(
            "dense",
            new OdeBlock.Builder()
                .dynamics(SdeBlockTest.drift())
                .solver(new Euler())
                .steps(3)
                .build(),
            WorkspaceMode.NONE);
    for (String name : deterministic.getLayer(1).paramTable().keySet()) {
      deterministic.getLayer(1).setParam(name, stochastic.getLayer(1).getParam(name));
      deterministic.getLayer(1).getParam(name).assign(stochastic.getLayer(1).getParam(name));
    }
    INDArray u = Nd4j.linspace(DataType.DOUBLE, -1, 0.2, 12).reshape(3, 4);
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    assertThat(Bits.of(stochastic.getLayer(1).activate(u.dup(), false, workspaces)))
        .containsExactly(
            Bits.of(deterministic.getLayer(1).activate(u.dup(), false, workspaces)), within(1e-14));
  }

  @Test
  void learnsWithoutLeavingBuffersBehind() {
    MultiLayerNetwork network =
        Networks.network(
            "dense",
            SdeBlockTest.builder()
                .solver(new Sosri())
                .stepControl(StochasticSteps.adaptive(0.5, 0.5).build())
                .paths(20)
                .build(),
            WorkspaceMode.ENABLED,
            new Sgd(0.1));
    DataSet data = Networks.data("dense");
    double before = network.score(data);
    ArrayPool pool = ArrayPool.ofCurrentThread(DataType.DOUBLE);
    long inUse = pool.bytesInUse();
    for (int i = 0; i < 60; i++) {
      network.fit(data);
    }
    assertThat(network.score(data)).isLessThan(0.5 * before);
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
  }

  @Test
  void countsWhatItsSolvesCost() {
    MultiLayerNetwork network =
        network(SdeBlockTest.builder().solver(new Milstein()).steps(3).paths(5));
    SdeBlockLayer layer = (SdeBlockLayer) network.getLayer(1);
    assertThatThrownBy(layer::statistics).isInstanceOf(IllegalStateException.class);
    network.output(Networks.data("dense").getFeatures());
    StochasticStatistics prediction = layer.statistics();
    assertThat(prediction.solve().acceptedSteps()).isEqualTo(15);
    assertThat(prediction.driftEvaluations()).isEqualTo(15);
    assertThat(prediction.diffusionEvaluations()).isEqualTo(30);
    network.fit(Networks.data("dense"));
    StochasticStatistics training = layer.statistics();
    assertThat(training.driftEvaluations()).isEqualTo(3);
    assertThat(training.diffusionEvaluations()).isEqualTo(6);
    assertThat(training.solve().pullbacks()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void worksInSingleAndDoublePrecision(DataType type) {
    SdeBlock block = SdeBlockTest.builder().solver(new Sosri2()).steps(3).build();
    MultiLayerNetwork network =
        Networks.network("dense", block, WorkspaceMode.ENABLED, new NoOp()).convertDataType(type);
    DataSet data = Networks.data("dense");
    INDArray x = data.getFeatures().castTo(type);
    MultiLayerNetwork reference =
        Networks.network("dense", block.clone(), WorkspaceMode.ENABLED, new NoOp());
    reference.setParams(network.params().castTo(DataType.DOUBLE));
    assertThat(
            network
                .output(x)
                .castTo(DataType.DOUBLE)
                .distance2(reference.output(data.getFeatures())))
        .isLessThan(1e-5);
  }

  private static MultiLayerNetwork network(SdeBlock.Builder settings) {
    return Networks.network("dense", settings.build(), WorkspaceMode.ENABLED, new NoOp());
  }
}
