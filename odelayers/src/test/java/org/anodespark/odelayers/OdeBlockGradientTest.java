/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.anodespark.odelayers.solver.rungekutta.Heun;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.anodespark.odelayers.solver.rungekutta.KuttaThirdOrder;
import org.anodespark.odelayers.solver.rungekutta.Ralston;
import org.anodespark.odelayers.solver.rungekutta.ThreeEighthsRule;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Gradients of whole networks with an ODE block, in double precision. */
class OdeBlockGradientTest {
  private static final List<StepMethod> METHODS =
      List.of(new Euler(), new ExplicitMidpoint(), new ClassicRungeKutta());
  private static final List<AdjointStrategy> STRATEGIES =
      List.of(new FullStorage(), new AnodeCheckpoint());

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  /** Gradients by full storage, by dynamics and method. */
  private static final Map<List<Object>, INDArray> REFERENCES = new HashMap<>();

  private static final List<StepMethod> MORE_METHODS =
      List.of(
          new Heun(),
          new Ralston(),
          new KuttaThirdOrder(),
          new ThreeEighthsRule(),
          new HeunEuler(),
          new BogackiShampine(),
          new DormandPrince(),
          new Tsitouras());
  private static final List<AdjointStrategy> MORE_STRATEGIES =
      List.of(
          new AnodeCheckpoint(new StepCheckpoint()),
          new AnodeCheckpoint(new Revolve(2)),
          new StepCheckpoint(),
          new Revolve(1),
          new Revolve(3),
          new OnlineCheckpoint(2));

  static Stream<Arguments> methodsOnTheirOwn() {
    return MORE_METHODS.stream()
        .flatMap(
            method ->
                Stream.of("dense", "convolution with batch norm")
                    .map(dynamics -> Arguments.of(dynamics, method)));
  }

  static Stream<Arguments> everyStrategy() {
    List<AdjointStrategy> strategies = new ArrayList<>(STRATEGIES);
    strategies.addAll(MORE_STRATEGIES);
    return Networks.dynamicsNames().stream()
        .flatMap(
            dynamics ->
                Stream.of(new Euler(), new DormandPrince())
                    .flatMap(
                        method ->
                            strategies.stream()
                                .flatMap(
                                    strategy ->
                                        Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                                            .map(
                                                mode ->
                                                    Arguments.of(
                                                        dynamics, method, strategy, mode)))));
  }

  static Stream<Arguments> cases() {
    return Networks.dynamicsNames().stream()
        .flatMap(
            dynamics ->
                METHODS.stream()
                    .flatMap(
                        method ->
                            STRATEGIES.stream()
                                .flatMap(
                                    strategy ->
                                        Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                                            .map(
                                                mode ->
                                                    Arguments.of(
                                                        dynamics, method, strategy, mode)))));
  }

  static Stream<Arguments> dynamicsAndMethods() {
    return Networks.dynamicsNames().stream()
        .flatMap(dynamics -> METHODS.stream().map(method -> Arguments.of(dynamics, method)));
  }

  /** By one strategy, with workspaces; that it is the same by others and without, others test. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource({"dynamicsAndMethods", "methodsOnTheirOwn"})
  void agreesWithCentralDifferences(String dynamics, StepMethod method) {
    MultiLayerNetwork network =
        Networks.network(
            dynamics, block(dynamics, method, new AnodeCheckpoint()), WorkspaceMode.ENABLED);
    DataSet data = Networks.data(dynamics);
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
                    .excludeParams(runningStatistics(network))))
        .isTrue();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, workspaces {3}")
  @MethodSource("cases")
  void isTheDirectionalDerivativeInAComputationGraph(
      String dynamics, StepMethod method, AdjointStrategy strategy, WorkspaceMode mode) {
    ComputationGraph graph =
        Networks.network(dynamics, block(dynamics, method, strategy), mode).toComputationGraph();
    DataSet data = Networks.data(dynamics);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    INDArray gradient = graph.getFlattenedGradients().dup();
    INDArray start = graph.params().dup();
    INDArray direction = Nd4j.randn(DataType.DOUBLE, gradient.shape());
    clearRunningStatistics(graph, direction);
    double step = 1e-6;
    double up = scoreAt(graph, data, start.add(direction.mul(step)));
    double down = scoreAt(graph, data, start.sub(direction.mul(step)));
    double expected = (up - down) / (2 * step);
    double actual = gradient.mul(direction).sumNumber().doubleValue() / Networks.EXAMPLES;
    assertThat(actual).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, workspaces {3}")
  @MethodSource("everyStrategy")
  void isTheSameForEveryStrategyAndWorkspaceMode(
      String dynamics, StepMethod method, AdjointStrategy strategy, WorkspaceMode mode) {
    INDArray reference =
        REFERENCES.computeIfAbsent(
            List.of(dynamics, method),
            ignored -> gradient(dynamics, method, new FullStorage(), WorkspaceMode.ENABLED));
    assertThat(Bits.of(gradient(dynamics, method, strategy, mode))).isEqualTo(Bits.of(reference));
  }

  @Test
  void agreesWithCentralDifferencesForTwoBlocksOfDifferentKinds() {
    OdeBlock first = block("dense", new ExplicitMidpoint(), new StepCheckpoint());
    OdeBlock second = block("dense", new BogackiShampine(), new AnodeCheckpoint(new Revolve(2)));
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.base(new NoOp(), WorkspaceMode.ENABLED)
                .list()
                .layer(first)
                .layer(second)
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(Networks.CLASSES)
                        .build())
                .setInputType(InputType.feedForward(4))
                .build());
    network.init();
    DataSet data = Networks.data("dense");
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(Nd4j.randn(DataType.DOUBLE, Networks.EXAMPLES, 4))
                    .labels(data.getLabels())
                    .epsilon(1e-6)
                    .maxRelError(1e-3)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.ZEROS)
                    .exitOnFirstError(false)))
        .isTrue();
  }

  private static INDArray gradient(
      String dynamics, StepMethod method, AdjointStrategy strategy, WorkspaceMode mode) {
    MultiLayerNetwork network = Networks.network(dynamics, block(dynamics, method, strategy), mode);
    DataSet data = Networks.data(dynamics);
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.getFlattenedGradients().dup();
  }

  private static OdeBlock block(String dynamics, StepMethod method, AdjointStrategy strategy) {
    return new OdeBlock.Builder()
        .dynamics(Networks.DYNAMICS.get(dynamics).get())
        .solver(method)
        .steps(2)
        .adjoint(strategy)
        .build();
  }

  private static double scoreAt(ComputationGraph graph, DataSet data, INDArray parameters) {
    graph.setParams(parameters);
    return graph.score(data, true);
  }

  /** Running statistics are no parameters of the loss: their gradients are pseudo-gradients. */
  private static Set<String> runningStatistics(MultiLayerNetwork network) {
    Set<String> names = new HashSet<>();
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      for (String name : layer.paramTable().keySet()) {
        if (!layer.updaterDivideByMinibatch(name)) {
          names.add(layer.getIndex() + "_" + name);
        }
      }
    }
    return names;
  }

  private static void clearRunningStatistics(ComputationGraph graph, INDArray direction) {
    INDArray flat = direction.reshape(direction.length());
    long offset = 0;
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      for (var parameter : layer.paramTable().entrySet()) {
        long length = parameter.getValue().length();
        if (!layer.updaterDivideByMinibatch(parameter.getKey())) {
          flat.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(offset, offset + length))
              .assign(0);
        }
        offset += length;
      }
    }
  }
}
