/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.ErrorEstimate.Quantity;
import org.anodespark.odelayers.regularization.OverSteps;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.FixedSchedule;

/** SDE blocks that put out several states, in double precision. */
class SdeBlockOutputTimesTest {
  private static final double[] TIMES = {0.25, 0.75, 1};

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @Test
  void putsOutATimeSeriesWhoseLastStateIsTheOneAtTheEnd() {
    // stretches of lengths 1/4, 1/2, 1/4: the steps of both are not the same, but small
    INDArray series = predicted(SdeBlockTest.builder().solver(new Sosri()).steps(1));
    assertThat(series.shape()).containsExactly(5, 4, 3);
    INDArray again = predicted(SdeBlockTest.builder().solver(new Sosri()).steps(1));
    assertThat(Bits.of(again)).isEqualTo(Bits.of(series));
    INDArray first = series.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0));
    INDArray last = series.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(2));
    assertThat(first.distance2(last)).isGreaterThan(0.1);
  }

  /** Noise alone: variances of the states are the times themselves. */
  @Test
  void followsOnePathThroughAllTimes() {
    int paths = 4000;
    SdeBlock block = SdeBlockTest.builder().solver(new Sosri()).steps(2).outputTimes(TIMES).build();
    MultiLayerNetwork network = network(block);
    network.params().assign(0.0);
    // sigmoid(50) = 1: g = 1, and f = 0
    network.getLayer(0).getParam("2.b").assign(50.0);
    INDArray series = network.getLayer(0).activate(Nd4j.zeros(paths, 4), false, noWorkspaces());
    for (int i = 0; i < TIMES.length; i++) {
      assertThat(at(series, i).varNumber().doubleValue())
          .isCloseTo(TIMES[i], within(5 * TIMES[i] * Math.sqrt(2.0 / (4 * paths))));
    }
    double covariance = at(series, 0).mul(at(series, 2)).meanNumber().doubleValue();
    assertThat(covariance).isCloseTo(0.25, within(0.03));
  }

  private static INDArray at(INDArray series, int time) {
    return series.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(time));
  }

  private static org.deeplearning4j.nn.workspace.LayerWorkspaceMgr noWorkspaces() {
    return org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces();
  }

  static Stream<AdjointStrategy> strategies() {
    return Stream.of(new FullStorage(), new AnodeCheckpoint());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void agreesWithCentralDifferencesWithARegularizer(AdjointStrategy strategy) {
    AdaptiveSteps ofOneLength =
        new AdaptiveSteps.Builder(1, 1).firstStep(0.125).stepLengths(0.125, 0.125).build();
    MultiLayerNetwork network =
        network(
            SdeBlockTest.builder()
                .solver(new Sosri())
                .stepControl(ofOneLength)
                .adjoint(strategy)
                .outputTimes(TIMES)
                .regularizers(
                    new ErrorEstimate(
                        new FixedSchedule(2), Quantity.ERROR_TIMES_LENGTH, OverSteps.SUM))
                .build());
    Nd4j.getRandom().setSeed(7);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(Nd4j.randn(DataType.DOUBLE, 3, 4))
                    .labels(Nd4j.rand(DataType.DOUBLE, 3, 2, TIMES.length))
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                    .exitOnFirstError(false)
                    .callEachIter(each -> Nd4j.getRandom().setSeed(5))))
        .isTrue();
  }

  @Test
  void trainsOnTimeSeries() {
    MultiLayerNetwork network =
        network(SdeBlockTest.builder().solver(new Sosri()).steps(1).outputTimes(TIMES).build());
    network.fit(new DataSet(Nd4j.rand(3, 4), Nd4j.rand(3, 2, TIMES.length)));
    assertThat(((SdeBlockLayer) network.getLayer(0)).statistics().solve().acceptedSteps())
        .isEqualTo(TIMES.length);
  }

  @Test
  void refusesTimesThatDoNotEndWithTheInterval() {
    for (double[] times : List.of(new double[] {0.5, 2}, new double[] {0.5, 0.25, 1})) {
      assertThatThrownBy(
              () -> SdeBlockTest.builder().solver(new Sosri()).steps(1).outputTimes(times).build())
          .isInstanceOf(DL4JInvalidConfigException.class)
          .hasMessageContaining("output time");
    }
  }

  private static INDArray predicted(SdeBlock.Builder settings) {
    MultiLayerNetwork network = network(settings.outputTimes(TIMES).build());
    return network
        .getLayer(0)
        .activate(Nd4j.linspace(DataType.DOUBLE, -1, 0.1, 20).reshape(5, 4), false, noWorkspaces());
  }

  private static MultiLayerNetwork network(SdeBlock block) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.base(new NoOp(), WorkspaceMode.ENABLED)
                .list()
                .layer(block)
                .layer(
                    new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(2)
                        .build())
                .setInputType(InputType.feedForward(4))
                .build());
    network.init();
    return network;
  }
}
