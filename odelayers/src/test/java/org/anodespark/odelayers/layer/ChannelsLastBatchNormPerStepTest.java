/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class ChannelsLastBatchNormPerStepTest {
  private static final int STEPS = 3;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.33, 0",
    "0.5, 1",
    "0.6666666666666665, 2",
    "0.6666666666666667, 2",
    "1, 2",
    "-7, 0",
    "7, 2"
  })
  void belongsToTheStepThatATimeIsIn(double time, int step) {
    ChannelsLastBatchNormPerStep bean = new ChannelsLastBatchNormPerStep.Builder(STEPS).build();
    assertThat(bean.step(time)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.3333333333333333, 0",
    "0.34, 1",
    "0.6666666666666667, 1",
    "0.7, 2",
    "1, 2"
  })
  void belongsBackwardsToTheStepThatEndsThere(double time, int step) {
    ChannelsLastBatchNormPerStep bean = new ChannelsLastBatchNormPerStep.Builder(STEPS).build();
    assertThat(bean.stepBefore(time)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "1.4, 0", "0.5, 1", "-0.9, 2", "-1, 2"})
  void countsStepsAlongAnIntervalThatRunsBackwards(double time, int step) {
    ChannelsLastBatchNormPerStep bean =
        new ChannelsLastBatchNormPerStep.Builder(STEPS).interval(2, -1).build();
    assertThat(bean.step(time)).isEqualTo(step);
  }

  @Test
  void hasScaleShiftAndStatisticsForEveryStep() {
    Layer norm = inBlock(new FullStorage()).getLayer(0);
    assertThat(norm.numParams()).isEqualTo(STEPS * 4 * 2);
    assertThat(norm.paramTable().keySet())
        .startsWith("0.gamma0", "0.beta0", "0.mean0", "0.var0", "0.gamma1")
        .endsWith("0.var2");
    assertThat(norm.updaterDivideByMinibatch("0.gamma1")).isTrue();
    assertThat(norm.updaterDivideByMinibatch("0.mean1")).isFalse();
    assertThat(norm.updaterDivideByMinibatch("0.var2")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void everyStepLearns(AdjointStrategy strategy, StepMethod method) {
    MultiLayerNetwork network = inBlock(strategy, method, 0.1);
    Map<String, INDArray> before = new HashMap<>();
    network.getLayer(0).paramTable().forEach((name, value) -> before.put(name, value.dup()));

    network.fit(
        new DataSet(
            Nd4j.createFromArray(new double[][] {{1, 0}, {3, 4}, {5, 2}}),
            Nd4j.createFromArray(new double[][] {{0, 1}, {2, 0}, {1, 3}})));

    network
        .getLayer(0)
        .paramTable()
        .forEach(
            (name, value) ->
                assertThat(value.distance2(before.get(name))).as(name).isGreaterThan(1e-3));
  }

  static Stream<Arguments> strategies() {
    StepMethod euler = new Euler();
    return Stream.of(
        Arguments.of(new FullStorage(), euler),
        Arguments.of(new AnodeCheckpoint(), euler),
        Arguments.of(new ReverseTime(), euler),
        Arguments.of(new ReverseTime(), new ExplicitMidpoint()),
        Arguments.of(new ReverseTime(), new ClassicRungeKutta()),
        Arguments.of(new Interpolated(), new DormandPrince()));
  }

  @Test
  void keepsTheStatisticsOfEveryStepApart() {
    for (AdjointStrategy strategy :
        new AdjointStrategy[] {
          new FullStorage(), new AnodeCheckpoint(), new Revolve(1), new ReverseTime()
        }) {
      INDArray x = Nd4j.createFromArray(new double[][] {{1, 0}, {3, 4}, {5, 2}});
      MultiLayerNetwork network = inBlock(strategy);
      for (int step = 0; step < STEPS; step++) {
        network.getLayer(0).setParam("0.beta" + step, Nd4j.createFromArray(1.0 + step, -2.0));
      }

      network.fit(new DataSet(x, Nd4j.zeros(DataType.DOUBLE, 3, 2)));

      // normalised columns have no mean, so a step of Euler moves means by its shifts
      double[][] means = {{3, 2}, {3 + 1.0 / 3, 2 - 2.0 / 3}, {3 + 1.0 / 3 + 2.0 / 3, 2 - 4.0 / 3}};
      for (int step = 0; step < STEPS; step++) {
        INDArray expected = Nd4j.createFromArray(means[step]).muli(0.1);
        assertThat(network.getLayer(0).getParam("0.mean" + step).distance2(expected))
            .isLessThan(1e-10);
      }
    }
  }

  @Test
  void predictsEveryStepByItsOwnStatistics() {
    MultiLayerNetwork network = inBlock(new FullStorage());
    double[] shifts = {10, -20, 40};
    for (int step = 0; step < STEPS; step++) {
      // a step that adds a third of its shift: everything else is divided by a large deviation
      network.getLayer(0).setParam("0.var" + step, Nd4j.createFromArray(1e30, 1e30));
      network.getLayer(0).setParam("0.beta" + step, Nd4j.createFromArray(shifts[step], 0));
    }
    INDArray x = Nd4j.createFromArray(new double[][] {{1, 2}});
    assertThat(network.output(x).distance2(Nd4j.createFromArray(new double[][] {{11, 2}})))
        .isLessThan(1e-10);
  }

  @Test
  void isTheNormOfTheFirstStepOutsideABlock() {
    ChannelsLastBatchNormPerStep bean = new ChannelsLastBatchNormPerStep.Builder(1).build();
    LayerNetworks.assertSameFunction(
        LayerNetworks.of(bean), LayerNetworks.of(new ChannelsLastBatchNorm.Builder().build()));
  }

  @Test
  void refusesNoSteps() {
    assertThatThrownBy(() -> new ChannelsLastBatchNormPerStep.Builder(0).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("has 0 steps, expected at least 1");
  }

  @Test
  void refusesAnEmptyInterval() {
    assertThatThrownBy(() -> new ChannelsLastBatchNormPerStep.Builder(2).interval(1, 1).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("from 1.0 to 1.0");
  }

  /** Rows of two columns through one ODE block that only normalises. */
  private static MultiLayerNetwork inBlock(AdjointStrategy strategy) {
    return inBlock(strategy, new Euler(), 0.0);
  }

  private static MultiLayerNetwork inBlock(
      AdjointStrategy strategy, StepMethod method, double learningRate) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(learningRate))
                .list()
                .layer(
                    new OdeBlock.Builder()
                        .dynamics(
                            new ChannelsLastBatchNormPerStep.Builder(STEPS).decay(0.9).build())
                        .solver(method)
                        .steps(STEPS)
                        .adjoint(strategy)
                        .build())
                .layer(
                    new LossLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(2))
                .build());
    network.init();
    return network;
  }
}
