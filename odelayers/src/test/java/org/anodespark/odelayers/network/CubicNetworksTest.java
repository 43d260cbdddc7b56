/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class CubicNetworksTest {
  private static final List<Double> TIMES = List.of(0.5, 0.75, 1.0);
  private static final int SAVE_POINTS = 4;

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @Test
  void computesMeansAndVariancesOverTheExamples() {
    ComputationGraph graph = moments();
    INDArray u = Nd4j.rand(DataType.DOUBLE, 6, 2);
    INDArray series = graph.getLayer(CubicMomentsNetwork.BLOCK).activate(u, false, workspaces());
    INDArray moments = graph.outputSingle(u);
    assertThat(moments.shape()).containsExactly(1, 4, 3);
    for (int component = 0; component < 2; component++) {
      for (int time = 0; time < 3; time++) {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < 6; row++) {
          sum += series.getDouble(row, component, time);
        }
        for (int row = 0; row < 6; row++) {
          squares += Math.pow(series.getDouble(row, component, time) - sum / 6, 2);
        }
        assertThat(moments.getDouble(0, component, time)).isCloseTo(sum / 6, within(1e-14));
        assertThat(moments.getDouble(0, 2 + component, time)).isCloseTo(squares / 5, within(1e-14));
      }
    }
  }

  private static org.deeplearning4j.nn.workspace.LayerWorkspaceMgr workspaces() {
    return org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces();
  }

  @Test
  void differentiatesTheLossOfTheMoments() {
    INDArray u = Nd4j.rand(DataType.DOUBLE, 5, 2);
    INDArray labels = Nd4j.rand(DataType.DOUBLE, 1, 4, TIMES.size());
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig()
                    .net(moments())
                    .inputs(new INDArray[] {u})
                    .labels(new INDArray[] {labels})
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .callEachIter(each -> Nd4j.getRandom().setSeed(5))))
        .isTrue();
  }

  @Test
  void scoresTheMeanSquareErrorOfTheMeansPlusThatOfTheVariances() {
    ComputationGraph graph = moments();
    INDArray u = Nd4j.rand(DataType.DOUBLE, 5, 2);
    INDArray labels = Nd4j.rand(DataType.DOUBLE, 1, 4, TIMES.size());
    INDArray error = graph.outputSingle(u).sub(labels);
    double score =
        graph.score(
            new org.nd4j.linalg.dataset.MultiDataSet(new INDArray[] {u}, new INDArray[] {labels}),
            false);
    // the error at the start, the fourth save point, is 0
    assertThat(score)
        .isCloseTo(error.mul(error).sumNumber().doubleValue() / (2 * SAVE_POINTS), within(1e-14));
  }

  @Test
  void refusesTheVarianceOfOneExample() {
    ComputationGraph graph = moments();
    assertThatThrownBy(() -> graph.outputSingle(Nd4j.rand(DataType.DOUBLE, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give at least 2");
  }

  @Test
  void differentiatesTheLossOfATrajectory() {
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(trajectory())
                    .input(Nd4j.rand(DataType.DOUBLE, 1, 2))
                    .labels(Nd4j.rand(DataType.DOUBLE, 1, 2, TIMES.size()))
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)))
        .isTrue();
  }

  @Test
  void surviveJson() {
    ComputationGraphConfiguration graph = moments().getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(graph.toJson())).isEqualTo(graph);
    MultiLayerConfiguration list = trajectory().getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(list.toJson()).toJson()).isEqualTo(list.toJson());
  }

  private static ComputationGraph moments() {
    ComputationGraph graph =
        new ComputationGraph(
            new CubicMomentsNetwork(
                    5, TIMES, new Sosri(), new FixedSteps(1), new AnodeCheckpoint(), List.of())
                .configure(base(), 0, 2, SAVE_POINTS));
    graph.init();
    return graph;
  }

  private static MultiLayerNetwork trajectory() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new CubicTrajectoryNetwork(
                    5, TIMES, new Tsitouras(), new FixedSteps(1), new AnodeCheckpoint(), List.of())
                .configure(base(), 0, 2, SAVE_POINTS));
    network.init();
    return network;
  }

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.DOUBLE)
        .updater(new NoOp());
  }
}
