/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.implicit.BackwardEuler;
import org.anodespark.odelayers.solver.implicit.CrankNicolson;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Whole networks whose block is solved by an implicit method, in double precision. */
class ImplicitOdeBlockTest {
  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<StepMethod> methods() {
    return Stream.of(new BackwardEuler(), new CrankNicolson());
  }

  static Stream<Arguments> dynamicsAndMethods() {
    return Stream.of("dense", "convolution")
        .flatMap(dynamics -> methods().map(method -> Arguments.of(dynamics, method)));
  }

  @Test
  void passesAGradientCheck() {
    MultiLayerNetwork network =
        network("dense", new CrankNicolson(), new AnodeCheckpoint(), WorkspaceMode.ENABLED);
    DataSet data = Networks.data("dense");
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(data.getFeatures())
                    .labels(data.getLabels())
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.ZEROS)
                    .exitOnFirstError(false)))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("dynamicsAndMethods")
  void hasTheGradientOfCentralDifferencesAlongADirection(String dynamics, StepMethod method) {
    MultiLayerNetwork network =
        network(dynamics, method, new AnodeCheckpoint(), WorkspaceMode.ENABLED);
    DataSet data = Networks.data(dynamics);
    INDArray gradient = gradient(network, data);
    INDArray start = network.params().dup();
    INDArray direction = Nd4j.randn(DataType.DOUBLE, gradient.shape());
    double step = 1e-6;
    network.setParams(start.add(direction.mul(step)));
    double up = network.score(data, true);
    network.setParams(start.sub(direction.mul(step)));
    double down = network.score(data, true);
    double actual = gradient.mul(direction).sumNumber().doubleValue() / Networks.EXAMPLES;
    assertThat(actual).isCloseTo((up - down) / (2 * step), within(1e-7));
  }

  @ParameterizedTest
  @MethodSource("dynamicsAndMethods")
  void hasTheSameGradientWithEveryExactStrategy(String dynamics, StepMethod method) {
    DataSet data = Networks.data(dynamics);
    INDArray reference =
        gradient(network(dynamics, method, new FullStorage(), WorkspaceMode.ENABLED), data);
    assertThat(reference.norm2Number().doubleValue()).isPositive();
    for (AdjointStrategy strategy : List.of(new AnodeCheckpoint(), new Revolve(2))) {
      assertThat(Bits.of(gradient(network(dynamics, method, strategy, WorkspaceMode.NONE), data)))
          .isEqualTo(Bits.of(reference));
    }
  }

  /** Batch statistics of three examples make a field so steep that Newton steps overshoot. */
  @ParameterizedTest
  @MethodSource("methods")
  void solvesASteepFieldWithBatchNormalisation(StepMethod method) {
    String dynamics = "dense with batch norm";
    MultiLayerNetwork network =
        network(dynamics, method, new AnodeCheckpoint(), WorkspaceMode.ENABLED);
    INDArray gradient = gradient(network, Networks.data(dynamics));
    assertThat(gradient.norm2Number().doubleValue()).isFinite().isPositive();
  }

  @Test
  void trainsAConvolutionalField() {
    OdeBlock block = block("convolution", new CrankNicolson(), new AnodeCheckpoint());
    MultiLayerNetwork network =
        Networks.network("convolution", block, WorkspaceMode.ENABLED, new Sgd(0.2));
    DataSet data = Networks.data("convolution");
    network.fit(data);
    double first = network.score();
    for (int i = 0; i < 30; i++) {
      network.fit(data);
    }
    assertThat(network.score()).isLessThan(0.7 * first);
  }

  @ParameterizedTest
  @MethodSource("dynamicsAndMethods")
  void predictsWhatTrainingSees(String dynamics, StepMethod method) {
    MultiLayerNetwork network =
        network(dynamics, method, new AnodeCheckpoint(), WorkspaceMode.ENABLED);
    DataSet data = Networks.data(dynamics);
    INDArray trained = network.output(data.getFeatures(), true);
    INDArray predicted = network.output(data.getFeatures(), false);
    assertThat(predicted.distance2(trained)).isCloseTo(0, within(1e-12));
  }

  private static INDArray gradient(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.getFlattenedGradients().dup();
  }

  private static MultiLayerNetwork network(
      String dynamics, StepMethod method, AdjointStrategy strategy, WorkspaceMode workspaces) {
    return Networks.network(dynamics, block(dynamics, method, strategy), workspaces, new NoOp());
  }

  private static OdeBlock block(String dynamics, StepMethod method, AdjointStrategy strategy) {
    return new OdeBlock.Builder()
        .dynamics(Networks.DYNAMICS.get(dynamics).get())
        .solver(method)
        .steps(3)
        .adjoint(strategy)
        .build();
  }
}
