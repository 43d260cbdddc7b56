/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** What holds for the networks with one ODE. */
abstract class OdeNetworkContractTest {
  private static final int SIZE = 4;
  private static final int EXAMPLES = 6;
  private static final int CLASSES = 3;
  private static final double STEP = 1e-5;

  /** A small network for images of {@code channels()} channels. */
  abstract ComputationGraphConfiguration small(
      OdeBlockSettings block, NeuralNetConfiguration.Builder base, int size, int classes);

  abstract int channels();

  static OdeBlockSettings fixed(AdjointStrategy adjoint, Precision precision) {
    return new OdeBlockSettings(
        new ExplicitMidpoint(), new FixedSteps(2), adjoint, List.of(), precision);
  }

  private ComputationGraph graph(OdeBlockSettings block, DataType type, IUpdater updater) {
    ComputationGraph graph =
        new ComputationGraph(
            small(
                block,
                new NeuralNetConfiguration.Builder().seed(1).dataType(type).updater(updater),
                SIZE,
                CLASSES));
    graph.init();
    return graph;
  }

  private DataSet data(DataType type) {
    Random random = Nd4j.getRandomFactory().getNewRandomInstance(5);
    INDArray images =
        Nd4j.rand(Nd4j.create(DataType.DOUBLE, EXAMPLES, SIZE, SIZE, channels()), 0.0, 1.0, random);
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, CLASSES);
    for (int i = 0; i < EXAMPLES; i++) {
      labels.putScalar(i, i % CLASSES, 1.0);
    }
    return new DataSet(images.castTo(type), labels.castTo(type));
  }

  @Test
  void hasTheGradientOfItsLoss() {
    ComputationGraph graph =
        graph(fixed(new AnodeCheckpoint(), Precision.NETWORK), DataType.DOUBLE, new NoOp());
    DataSet data = data(DataType.DOUBLE);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    double[] actual = Bits.of(graph.getFlattenedGradients().div(EXAMPLES));
    boolean[] statistics = runningStatistics(graph);
    for (int i = 0; i < actual.length; i++) {
      if (!statistics[i]) {
        double expected = centralDifference(graph, data, i);
        assertThat(Math.abs(actual[i] - expected)).as("parameter " + i).isLessThan(1e-7);
      }
    }
  }

  private static double centralDifference(ComputationGraph graph, DataSet data, int i) {
    INDArray parameters = graph.params();
    double value = parameters.getDouble(i);
    parameters.putScalar(i, value + STEP);
    double up = graph.score(data, true);
    parameters.putScalar(i, value - STEP);
    double down = graph.score(data, true);
    parameters.putScalar(i, value);
    return (up - down) / (2 * STEP);
  }

  /** Which parameters are running statistics, whose gradients are pseudo-gradients. */
  static boolean[] runningStatistics(ComputationGraph graph) {
    boolean[] statistics = new boolean[(int) graph.numParams()];
    int offset = 0;
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      for (var parameter : layer.paramTable().entrySet()) {
        int length = (int) parameter.getValue().length();
        boolean statistic = !layer.updaterDivideByMinibatch(parameter.getKey());
        Arrays.fill(statistics, offset, offset + length, statistic);
        offset += length;
      }
    }
    return statistics;
  }

  @ParameterizedTest
  @EnumSource
  void losesLossInOneStep(Precision precision) {
    ComputationGraph graph =
        graph(fixed(new FullStorage(), precision), DataType.FLOAT, new Sgd(0.05));
    DataSet data = data(DataType.FLOAT);
    double before = graph.score(data, true);
    graph.fit(data);
    assertThat(graph.score(data, true)).isLessThan(before);
  }

  @Test
  void takesAdaptiveStepsAndRegularizers() {
    Regularizer regularizer = new ErrorEstimate(0.1);
    OdeBlockSettings settings =
        new OdeBlockSettings(
            new Tsitouras(),
            new AdaptiveSteps(1e-3, 1e-3),
            new AnodeCheckpoint(),
            List.of(regularizer),
            Precision.NETWORK);
    ComputationGraph graph = graph(settings, DataType.FLOAT, new Sgd(0.05));
    OdeBlock block = block(graph.getConfiguration());
    assertThat(block.getRegularizers()).containsExactly(regularizer);
    assertThat(block.getTimeInput()).isEqualTo(new TimeAsChannelOfEveryLayer());
    graph.fit(data(DataType.FLOAT));
    assertThat(graph.getLayer("ode").calcRegularizationScore(true)).isPositive();
    assertThat(graph.score()).isFinite();
  }

  @Test
  void survivesJson() {
    ComputationGraph graph =
        graph(fixed(new AnodeCheckpoint(), Precision.NETWORK), DataType.FLOAT, new Sgd(0.05));
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(block(read)).isEqualTo(block(configuration));
    ComputationGraph second = new ComputationGraph(read);
    second.init();
    second.setParams(graph.params());
    INDArray images = data(DataType.FLOAT).getFeatures();
    assertThat(Bits.of(second.outputSingle(images))).isEqualTo(Bits.of(graph.outputSingle(images)));
  }

  static OdeBlock block(ComputationGraphConfiguration configuration) {
    return (OdeBlock)
        ((LayerVertex) configuration.getVertices().get("ode")).getLayerConf().getLayer();
  }
}
