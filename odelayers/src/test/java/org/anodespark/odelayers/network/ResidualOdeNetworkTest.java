/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class ResidualOdeNetworkTest {
  private static final ResidualOdeNetwork NETWORK =
      new ResidualOdeNetwork(
          List.of(16, 32, 64),
          1,
          new Normalization(FieldNormalization.NONE, 0.9),
          new OdeBlockSettings(
              new ExplicitMidpoint(),
              new FixedSteps(2),
              new FullStorage(),
              List.of(),
              Precision.NETWORK));

  @Test
  void hasTheParametersThatTheLayersAddUpTo() {
    ComputationGraph graph = new ComputationGraph(configure(NETWORK));
    graph.init();
    int stem = 3 * 3 * 3 * 16 + 4 * 16;
    int transitions = 3 * 3 * 16 * 32 + 4 * 32 + 3 * 3 * 32 * 64 + 4 * 64;
    int blocks = 2 * (3 * 3 * (16 * 16 + 32 * 32 + 64 * 64) + 16 + 32 + 64);
    int classifier = 64 * 10 + 10;
    assertThat(graph.numParams()).isEqualTo(stem + transitions + blocks + classifier);
  }

  @Test
  void mayHoldSeveralBlocksInAStageEachWithParametersOfItsOwn() {
    ResidualOdeNetwork deeper = withBlocks(3);
    ResidualOdeNetwork one = withBlocks(1);
    int blocks = 2 * (3 * 3 * (4 * 4 + 8 * 8) + 4 + 8);

    assertThat(parameters(deeper)).isEqualTo(parameters(one) + 2L * blocks);
    assertThat(configure(deeper).getVertexInputs().get("ode1-3")).containsExactly("ode1-2");
    assertThat(configure(deeper).getVertexInputs().get("transition2")).containsExactly("ode1-3");
  }

  @Test
  void mayHaveBatchNormInItsFields() {
    ResidualOdeNetwork plain = withBlocks(1);
    ResidualOdeNetwork normalized =
        new ResidualOdeNetwork(
            plain.widths(), 1, new Normalization(FieldNormalization.BATCH, 0.9), plain.block());

    // four numbers for a channel in the place of a bias, behind both convolutions
    assertThat(parameters(normalized)).isEqualTo(parameters(plain) + 2L * 3 * (4 + 8));
  }

  @ParameterizedTest
  @EnumSource
  void blocksBeginAsTheIdentity(FieldNormalization normalization) {
    ResidualOdeNetwork network =
        new ResidualOdeNetwork(
            List.of(4, 8), 1, new Normalization(normalization, 0.9), withBlocks(1).block());
    ComputationGraph graph = new ComputationGraph(configure(network));
    graph.init();

    Map<String, INDArray> activations =
        graph.feedForward(Nd4j.randn(DataType.FLOAT, 3, 32, 32, 3), true);

    assertThat(activations.get("ode1")).isEqualTo(activations.get("stem-norm"));
    assertThat(activations.get("ode2")).isEqualTo(activations.get("transition2-norm"));
  }

  @Test
  void putsTheSettingsIntoEveryBlock() {
    for (String name : List.of("ode1", "ode2", "ode3")) {
      OdeBlock block = block(configure(NETWORK), name);
      assertThat(block.getSolver()).isEqualTo(new ExplicitMidpoint());
      assertThat(block.getStepControl()).isEqualTo(new FixedSteps(2));
      assertThat(block.getAdjoint()).isEqualTo(new FullStorage());
    }
  }

  @Test
  void survivesJson() {
    ComputationGraphConfiguration configuration = configure(NETWORK);
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(block(read, "ode2")).isEqualTo(block(configuration, "ode2"));
  }

  @ParameterizedTest
  @EnumSource
  void learnsWithEitherNormalisation(FieldNormalization normalization) {
    assertThat(
            scoreOfAFewColouredImages(
                new ResidualOdeNetwork(
                    List.of(4, 8),
                    1,
                    new Normalization(normalization, 0.9),
                    withBlocks(1).block())))
        .isLessThan(0.5);
  }

  @ParameterizedTest
  @EnumSource
  void fitsAFewColouredImages(Precision precision) {
    ResidualOdeNetwork small =
        new ResidualOdeNetwork(
            List.of(4, 8),
            1,
            new Normalization(FieldNormalization.NONE, 0.9),
            new OdeBlockSettings(
                new Euler(), new FixedSteps(2), new AnodeCheckpoint(), List.of(), precision));
    assertThat(scoreOfAFewColouredImages(small)).isLessThan(0.5);
  }

  private static double scoreOfAFewColouredImages(ResidualOdeNetwork small) {
    ComputationGraph graph = new ComputationGraph(configure(small));
    graph.init();
    Nd4j.getRandom().setSeed(9);
    DataSet data =
        new DataSet(
            Nd4j.randn(DataType.FLOAT, 10, 32, 32, 3)
                .muli(0.1)
                .add(Nd4j.randn(DataType.FLOAT, 10, 1, 1, 3)),
            Nd4j.eye(10).castTo(DataType.FLOAT));
    for (int i = 0; i < 60; i++) {
      graph.fit(data);
    }
    return graph.score(data, true);
  }

  private static ComputationGraphConfiguration configure(ResidualOdeNetwork network) {
    return network.configure(
        new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.01)), 32, 32, 3, 10);
  }

  private static OdeBlock block(ComputationGraphConfiguration configuration, String name) {
    return (OdeBlock)
        ((org.deeplearning4j.nn.conf.graph.LayerVertex) configuration.getVertices().get(name))
            .getLayerConf()
            .getLayer();
  }

  private static ResidualOdeNetwork withBlocks(int perStage) {
    return new ResidualOdeNetwork(
        List.of(4, 8),
        perStage,
        new Normalization(FieldNormalization.NONE, 0.9),
        new OdeBlockSettings(
            new Euler(), new FixedSteps(1), new FullStorage(), List.of(), Precision.NETWORK));
  }

  private static long parameters(ResidualOdeNetwork network) {
    ComputationGraph graph = new ComputationGraph(configure(network));
    graph.init();
    return graph.numParams();
  }
}
