/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Reversible;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.reversible.ReversibleHeun;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Gradients of networks in whose fields every layer is given the time, in double precision. */
class OdeBlockTimeInEveryLayerGradientTest {
  private static final double STEP = 1e-5;

  /** Central differences, by layout and method. */
  private static final Map<List<Object>, double[]> DIFFERENCES = new HashMap<>();

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<Arguments> cases() {
    return Stream.of(Layout.ROWS, Layout.CHANNELS_LAST)
        .flatMap(
            layout ->
                Stream.concat(
                    Stream.of(new ClassicRungeKutta(), new Tsitouras())
                        .flatMap(
                            method ->
                                Stream.of(
                                        new FullStorage(),
                                        new AnodeCheckpoint(),
                                        new AnodeCheckpoint(new Revolve(1)),
                                        new StepCheckpoint(),
                                        new Revolve(2),
                                        new OnlineCheckpoint(2))
                                    .map(strategy -> Arguments.of(layout, method, strategy))),
                    Stream.of(new AsynchronousLeapfrog(), new ReversibleHeun())
                        .map(method -> Arguments.of(layout, method, new Reversible()))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cases")
  void agreeWithCentralDifferences(Layout layout, StepMethod method, AdjointStrategy strategy) {
    MultiLayerNetwork network = layout.classifier(block(layout, method, strategy), new NoOp());
    DataSet data = layout.data();
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    double[] actual = Bits.of(network.getFlattenedGradients().div(Networks.EXAMPLES));
    double[] expected =
        DIFFERENCES.computeIfAbsent(
            List.of(layout, method), key -> centralDifferences(network, data));
    boolean[] statistics = runningStatistics(network);
    for (int i = 0; i < expected.length; i++) {
      if (statistics[i]) {
        assertThat(expected[i]).as("running statistic " + i).isZero();
      } else {
        assertThat(Math.abs(actual[i] - expected[i])).as("parameter " + i).isLessThan(1e-7);
      }
    }
  }

  /**
   * Running statistics do not change the loss in training: their gradients are pseudo-gradients.
   */
  private static boolean[] runningStatistics(MultiLayerNetwork network) {
    boolean[] statistics = new boolean[(int) network.numParams()];
    int offset = 0;
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      for (var parameter : layer.paramTable().entrySet()) {
        int length = (int) parameter.getValue().length();
        boolean statistic = !layer.updaterDivideByMinibatch(parameter.getKey());
        Arrays.fill(statistics, offset, offset + length, statistic);
        offset += length;
      }
    }
    return statistics;
  }

  private static double[] centralDifferences(MultiLayerNetwork network, DataSet data) {
    INDArray parameters = network.params();
    double[] differences = new double[(int) parameters.length()];
    for (int i = 0; i < differences.length; i++) {
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + STEP);
      double up = network.score(data, true);
      parameters.putScalar(i, value - STEP);
      double down = network.score(data, true);
      parameters.putScalar(i, value);
      differences[i] = (up - down) / (2 * STEP);
    }
    return differences;
  }

  private static OdeBlock block(Layout layout, StepMethod method, AdjointStrategy strategy) {
    return new OdeBlock.Builder()
        .dynamics(layout == Layout.ROWS ? dense() : convolutions())
        .timeInput(new TimeAsChannelOfEveryLayer())
        .interval(-0.5, 1.0)
        .solver(method)
        .steps(3)
        .adjoint(strategy)
        .build();
  }

  private static Layer[] dense() {
    return new Layer[] {
      new BufferedDense.Builder().nOut(4).activation(Activation.TANH).build(),
      new BufferedDense.Builder().nOut(2).activation(Activation.TANH).build()
    };
  }

  private static Layer[] convolutions() {
    return new Layer[] {
      new ChannelsLastConvolution.Builder(3, 3).nOut(3).hasBias(false).build(),
      new ChannelsLastBatchNorm.Builder().build(),
      new BufferedActivation(Activation.TANH),
      new ChannelsLastConvolution.Builder(3, 3).nOut(2).build()
    };
  }
}
