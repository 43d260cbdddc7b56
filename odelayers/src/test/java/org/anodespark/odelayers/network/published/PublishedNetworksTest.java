/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.network.FieldNormalization;
import org.anodespark.odelayers.network.ImageNetwork;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class PublishedNetworksTest {
  private static final Map<String, Function<Design, ImageNetwork>> NETWORKS =
      Map.of(
          "ResNet-4", ResNet::four,
          "ResNet-10", ResNet::ten,
          "ResNet-18", ResNet::eighteen,
          "AlexNet", AlexNet::new,
          "SqueezeNext", SqueezeNext::new);

  static Stream<Arguments> published() {
    return Stream.of(
            Arguments.of("ResNet-4", 10, 7_706),
            Arguments.of("ResNet-10", 10, 44_186),
            Arguments.of("ResNet-18", 10, 11_173_962),
            Arguments.of("ResNet-18", 100, 11_220_132),
            Arguments.of("AlexNet", 10, 1_756_682),
            Arguments.of("SqueezeNext", 10, 461_466),
            Arguments.of("SqueezeNext", 100, 473_076))
        .flatMap(
            each ->
                Arrays.stream(BlockKind.values())
                    .map(kind -> Arguments.of(kind, each.get()[0], each.get()[1], each.get()[2])));
  }

  @ParameterizedTest(name = "{1} of {0} blocks, {2} classes: {3}")
  @MethodSource("published")
  void hasThePublishedNumberOfLearnedParameters(
      BlockKind kind, String name, int classes, int parameters) {
    ComputationGraph graph =
        new ComputationGraph(
            configure(NETWORKS.get(name).apply(design(kind, FieldNormalization.BATCH)), classes));
    graph.init();
    assertThat(learned(graph)).isEqualTo(parameters);
  }

  private static long learned(ComputationGraph graph) {
    return Arrays.stream(graph.getLayers())
        .flatMap(
            layer ->
                layer.paramTable().entrySet().stream()
                    .filter(parameter -> layer.updaterDivideByMinibatch(parameter.getKey())))
        .mapToLong(parameter -> parameter.getValue().length())
        .sum();
  }

  static Stream<String> names() {
    return NETWORKS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void oneUpdateLowersTheLoss(String name) {
    for (BlockKind kind : BlockKind.values()) {
      ComputationGraph graph =
          graph(NETWORKS.get(name).apply(design(kind, FieldNormalization.BATCH)));
      DataSet data = data();
      double before = score(graph, data);
      graph.fit(data);
      assertThat(score(graph, data)).as(kind + " blocks").isLessThan(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainsWithEveryNormalisation(FieldNormalization normalization) {
    ComputationGraph graph = graph(ResNet.ten(design(BlockKind.ODE, normalization)));
    DataSet data = data();
    double before = score(graph, data);
    for (int i = 0; i < 5; i++) {
      graph.fit(data);
    }
    assertThat(score(graph, data)).isLessThan(before);
  }

  @Test
  void aNormPerStepAddsItsParametersForEachStep() {
    long shared = learned(graph(ResNet.ten(design(BlockKind.ODE, FieldNormalization.BATCH))));
    long perStep =
        learned(graph(ResNet.ten(design(BlockKind.ODE, FieldNormalization.BATCH_PER_STEP))));
    // one more step, two norms in each block, scale and shift
    assertThat(perStep - shared).isEqualTo(2 * 2 * (16 + 32));
  }

  @Test
  void residualBlocksLeaveAnImageWithoutContributionsAsItIs() {
    ComputationGraph graph =
        graph(ResNet.four(design(BlockKind.RESIDUAL, FieldNormalization.BATCH)));
    graph.getLayer("block1-2-norm").setParam("gamma", Nd4j.zeros(DataType.FLOAT, 16));
    Map<String, INDArray> activations = graph.feedForward(data().getFeatures(), true);
    assertThat(activations.get("block1")).isEqualTo(activations.get("stem-norm"));
  }

  @Test
  void oneStepOfEulerAddsTheField() {
    Design design =
        new Design(
            BlockKind.ODE,
            new Normalization(FieldNormalization.BATCH, 0.9),
            settings(new FixedSteps(1)));
    ComputationGraph graph = graph(ResNet.four(design));
    ComputationGraph residual =
        graph(ResNet.four(design(BlockKind.RESIDUAL, FieldNormalization.BATCH)));
    residual.setParams(graph.params());
    Map<String, INDArray> ode = graph.feedForward(data().getFeatures(), true);
    Map<String, INDArray> parts = residual.feedForward(data().getFeatures(), true);

    // the field ends in a ReLU, the residual block in one of the whole sum
    INDArray field = Nd4j.math().max(parts.get("block1-2-norm"), Nd4j.zerosLike(ode.get("block1")));
    INDArray expected = parts.get("stem-norm").add(field);
    assertThat(ode.get("block1").distance2(expected)).isLessThan(1e-4);
  }

  @Test
  void putsTheSettingsIntoItsBlocks() {
    OdeBlock block =
        (OdeBlock)
            ((LayerVertex)
                    configure(new SqueezeNext(design(BlockKind.ODE, FieldNormalization.BATCH)), 10)
                        .getVertices()
                        .get("block3"))
                .getLayerConf()
                .getLayer();
    assertThat(block.getSolver()).isEqualTo(new Euler());
    assertThat(block.getStepControl()).isEqualTo(new FixedSteps(2));
    assertThat(block.getAdjoint()).isEqualTo(new FullStorage());
  }

  @ParameterizedTest
  @MethodSource("names")
  void survivesJson(String name) {
    ComputationGraph graph =
        graph(NETWORKS.get(name).apply(design(BlockKind.ODE, FieldNormalization.BATCH_PER_STEP)));
    ComputationGraph read =
        new ComputationGraph(
            ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson()));
    read.init();
    read.setParams(graph.params());
    INDArray images = data().getFeatures();
    assertThat(Bits.of(read.outputSingle(images))).isEqualTo(Bits.of(graph.outputSingle(images)));
  }

  @Test
  void refusesANormPerStepWithoutANumberOfSteps() {
    Design design =
        new Design(
            BlockKind.ODE,
            new Normalization(FieldNormalization.BATCH_PER_STEP, 0.9),
            new OdeBlockSettings(
                new BogackiShampine(),
                new AdaptiveSteps(1e-3, 1e-3),
                new FullStorage(),
                List.of(),
                Precision.NETWORK));
    assertThatThrownBy(() -> configure(ResNet.four(design), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a number of equal steps");
  }

  private static Design design(BlockKind kind, FieldNormalization normalization) {
    return new Design(kind, new Normalization(normalization, 0.9), settings(new FixedSteps(2)));
  }

  private static OdeBlockSettings settings(StepControl control) {
    return new OdeBlockSettings(
        new Euler(), control, new FullStorage(), List.of(), Precision.NETWORK);
  }

  private static ComputationGraphConfiguration configure(ImageNetwork network, int classes) {
    return network.configure(
        new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(1e-3)), 32, 32, 3, classes);
  }

  private static ComputationGraph graph(ImageNetwork network) {
    ComputationGraph graph = new ComputationGraph(configure(network, 10));
    graph.init();
    return graph;
  }

  /** Of the batch's own statistics. */
  private static double score(ComputationGraph graph, DataSet data) {
    return graph.score(data, true);
  }

  private static DataSet data() {
    Nd4j.getRandom().setSeed(9);
    return new DataSet(
        Nd4j.randn(DataType.FLOAT, 10, 32, 32, 3), Nd4j.eye(10).castTo(DataType.FLOAT));
  }
}
