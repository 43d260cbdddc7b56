/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.regularization.TaylorRegularization;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class DenseOdeNetworkTest extends OdeNetworkContractTest {
  private static final OdeBlockSettings SETTINGS = fixed(new AnodeCheckpoint(), Precision.NETWORK);

  @Override
  ComputationGraphConfiguration small(
      OdeBlockSettings block, NeuralNetConfiguration.Builder base, int size, int classes) {
    return new DenseOdeNetwork(5, true, block).configure(base, size, size, channels(), classes);
  }

  @Override
  int channels() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasTheParametersOfThePapersForMnist(boolean bounded) {
    ComputationGraph graph = graph(DenseOdeNetwork.forMnist(bounded, SETTINGS));
    int field = (784 + 1) * 100 + 100 + (100 + 1) * 784 + 784;
    int classifier = 784 * 10 + 10;
    assertThat(graph.numParams()).isEqualTo(field + classifier).isEqualTo(166_418);
  }

  @ParameterizedTest
  @CsvSource({"true, TANH", "false, IDENTITY"})
  void isBoundedOrLinearBehindTheSecondLayer(boolean bounded, Nonlinearity behind) {
    ComputationGraph graph = graph(DenseOdeNetwork.forMnist(bounded, SETTINGS));
    var layers = block(graph.getConfiguration()).getDynamics();
    assertThat(((BufferedDense) layers.get(0)).follower()).isEqualTo(Nonlinearity.TANH);
    assertThat(((BufferedDense) layers.get(1)).follower()).isEqualTo(behind);
  }

  @Test
  void classifiesImagesOfMnist() {
    ComputationGraph graph = graph(DenseOdeNetwork.forMnist(true, SETTINGS));
    INDArray probabilities = graph.outputSingle(Nd4j.rand(DataType.FLOAT, 3, 28, 28, 1));
    assertThat(probabilities.shape()).containsExactly(3, 10);
    assertThat(probabilities.sumNumber().doubleValue()).isCloseTo(3.0, within(1e-5));
  }

  @Test
  void trainsWithTheRegulariserOfThePaperThatItComesFrom() {
    OdeBlockSettings settings =
        new OdeBlockSettings(
            new Tsitouras(),
            new AdaptiveSteps(1e-4, 1e-4),
            new AnodeCheckpoint(),
            List.of(new TaylorRegularization(3.02e-3, 3)),
            Precision.NETWORK);
    ComputationGraph graph = graph(DenseOdeNetwork.forMnist(true, settings));
    Nd4j.getRandom().setSeed(1);
    INDArray images = Nd4j.rand(DataType.FLOAT, 3, 28, 28, 1);
    INDArray before = graph.params().dup();
    graph.fit(new DataSet(images, Nd4j.eye(10).castTo(DataType.FLOAT).getRows(1, 4, 8)));
    SolveStatistics statistics = ((OdeBlockLayer) graph.getLayer("ode")).statistics();
    assertThat(statistics.regularizers().get("TaylorRegularization")).isPositive();
    assertThat(statistics.jetPullbacks()).isEqualTo(3 * 6 * statistics.acceptedSteps());
    assertThat(graph.params().distance2(before)).isPositive().isFinite();
  }

  private static ComputationGraph graph(DenseOdeNetwork network) {
    ComputationGraph graph =
        new ComputationGraph(
            network.configure(new NeuralNetConfiguration.Builder().seed(1), 28, 28, 1, 10));
    graph.init();
    return graph;
  }
}
