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
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
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
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Several output times, an end time that differs per run, and time that runs backwards. */
class OdeBlockOutputTimesTest {
  private static final DormandPrince DORMAND_PRINCE = new DormandPrince();

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<AdjointStrategy> strategies() {
    return Stream.of(
        new FullStorage(), new AnodeCheckpoint(), new StepCheckpoint(), new Revolve(2));
  }

  @Test
  void putsOutTheStatesOfSolvesToEachTime() {
    MultiLayerNetwork network = network(new FullStorage(), 0.5, 0.75, 2);
    INDArray x = input();
    INDArray series = network.getLayer(0).activate(x, false, none());
    assertThat(series.shape()).containsExactly(3, 4, 3);
    INDArray first = block(0, 0.5, network).activate(x, false, none());
    INDArray second = block(0.5, 0.75, network).activate(first.dup(), false, none());
    assertThat(Bits.of(at(series, 0))).isEqualTo(Bits.of(first));
    assertThat(Bits.of(at(series, 1))).isEqualTo(Bits.of(second));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void hasTheGradientOfAllOutputs(AdjointStrategy strategy) {
    MultiLayerNetwork network = network(strategy, 0.5, 0.75, 2);
    INDArray labels = Nd4j.rand(DataType.DOUBLE, 3, 2, 3);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(input())
                    .labels(labels)
                    .epsilon(1e-6)
                    .maxRelError(1e-3)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.ZEROS)
                    .exitOnFirstError(false)))
        .isTrue();
  }

  @Test
  void givesTheSameGradientForEveryExactStrategy() {
    INDArray labels = Nd4j.rand(DataType.DOUBLE, 3, 2, 3);
    List<INDArray> gradients =
        strategies()
            .map(
                strategy -> {
                  MultiLayerNetwork network = network(strategy, 0.5, 0.75, 2);
                  network.setInput(input());
                  network.setLabels(labels);
                  network.computeGradientAndScore();
                  return network.getFlattenedGradients().dup();
                })
            .toList();
    gradients.forEach(
        gradient -> assertThat(Bits.of(gradient)).isEqualTo(Bits.of(gradients.get(0))));
  }

  @Test
  void chooseTheirFirstStepOnlyOnce() {
    double[] times = {0.5, 1, 1.5, 2};
    OdeBlockLayer series = adaptive(times);
    series.activate(input(), false, none());
    OdeBlockLayer single = adaptive();
    single.activate(input(), false, none());
    // a stretch begins with a slope of its own and ends with a step that is cut short
    long perStretch = 1L + DORMAND_PRINCE.stages();
    assertThat(series.statistics().forwardEvaluations())
        .isLessThanOrEqualTo(
            single.statistics().forwardEvaluations() + (times.length - 1) * perStretch);
  }

  @Test
  void solvesToAnEndTimeThatDiffersPerRun() {
    MultiLayerNetwork network = network(new FullStorage());
    OdeBlockLayer block = (OdeBlockLayer) network.getLayer(0);
    INDArray configured = block.activate(input(), true, none()).dup();
    block.setEndTime(0.5);
    INDArray shorter = block.activate(input(), true, none()).dup();
    assertThat(shorter).isEqualTo(block(0, 0.5, network).activate(input(), false, none()));
    block.setEndTime(Double.NaN);
    assertThat(Bits.of(block.activate(input(), true, none()))).isEqualTo(Bits.of(configured));
  }

  @Test
  void comesBackToItsInputWhenItIsSolvedBackwards() {
    MultiLayerNetwork network = network(new FullStorage());
    INDArray there = network.getLayer(0).activate(input(), false, none()).dup();
    INDArray back = block(2, 0, network).activate(there, false, none());
    assertThat(back.distance2(input())).isCloseTo(0, within(1e-4));
    assertThat(there.distance2(input())).isGreaterThan(0.1);
  }

  @Test
  void refusesAnEndTimePerRunBesideOutputTimes() {
    OdeBlockLayer block = (OdeBlockLayer) network(new FullStorage(), 1, 2).getLayer(0);
    assertThatThrownBy(() -> block.setEndTime(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("configure it without outputTimes");
  }

  @Test
  void refusesOutputTimesThatTurnBack() {
    assertThatThrownBy(() -> network(new FullStorage(), 1, 0.5, 2))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("turn back at 0.5");
  }

  @Test
  void refusesALastOutputTimeThatIsNotTheEnd() {
    assertThatThrownBy(() -> network(new FullStorage(), 0.5, 1))
        .hasMessageContaining("the last output time is 1.0, expected the end of the interval, 2.0");
  }

  @Test
  void refusesOutputTimesForImages() {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(Networks.DYNAMICS.get("convolution").get())
            .outputTimes(0.5, 1)
            .solver(new ClassicRungeKutta())
            .steps(1)
            .build();
    InputType images = InputType.convolutional(4, 4, 2, CNN2DFormat.NHWC);
    block.setNIn(images, false);
    assertThatThrownBy(() -> block.getOutputType(0, images))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("outputTimes(...) makes a time series of states [N, C]");
  }

  @Test
  void refusesAStrategyThatDoesNotFitWhenTheNetworkIsBuilt() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .name("ode7")
                    .dynamics(dense(4, 4))
                    .solver(new DormandPrince())
                    .stepControl(new AdaptiveSteps(1e-3, 1e-3))
                    .adjoint(new Revolve(2))
                    .build())
        .isInstanceOf(OdeSolveException.class)
        .hasMessageStartingWith("ODE block \"ode7\": Revolve has to know the number of steps")
        .hasMessageContaining("use OnlineCheckpoint, or AnodeCheckpoint with Revolve inside");
  }

  private static org.deeplearning4j.nn.workspace.LayerWorkspaceMgr none() {
    return org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces();
  }

  private static INDArray at(INDArray series, int i) {
    return series.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(i)).dup();
  }

  private static INDArray input() {
    return Nd4j.linspace(DataType.DOUBLE, -1, 0.2, 12).reshape(3, 4);
  }

  private static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
  }

  /** A block over another interval with the parameters of the network's first layer. */
  private static org.deeplearning4j.nn.api.Layer block(
      double start, double end, MultiLayerNetwork like) {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(dense(4, 5), dense(5, 4))
            .interval(start, end)
            .solver(new ClassicRungeKutta())
            .steps(5)
            .build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.base(new NoOp(), WorkspaceMode.NONE).list().layer(block).build());
    network.init();
    network.setParams(like.getLayer(0).params());
    return network.getLayer(0);
  }

  private static OdeBlockLayer adaptive(double... outputTimes) {
    OdeBlock.Builder builder =
        new OdeBlock.Builder()
            .solver(DORMAND_PRINCE)
            .stepControl(new AdaptiveSteps(1e-8, 1e-8))
            .adjoint(new FullStorage());
    return (OdeBlockLayer) network(builder, outputTimes).getLayer(0);
  }

  private static MultiLayerNetwork network(AdjointStrategy strategy, double... outputTimes) {
    OdeBlock.Builder builder =
        new OdeBlock.Builder().solver(new ClassicRungeKutta()).steps(5).adjoint(strategy);
    return network(builder, outputTimes);
  }

  private static MultiLayerNetwork network(OdeBlock.Builder builder, double... outputTimes) {
    OdeBlock block =
        builder.dynamics(dense(4, 5), dense(5, 4)).interval(0, 2).outputTimes(outputTimes).build();
    var list = Networks.base(new NoOp(), WorkspaceMode.NONE).list().layer(block);
    if (outputTimes.length > 0) {
      list.layer(
          new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
              .activation(Activation.IDENTITY)
              .nIn(4)
              .nOut(2)
              .build());
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(list.setInputType(InputType.feedForward(4)).build());
    network.init();
    return network;
  }
}
