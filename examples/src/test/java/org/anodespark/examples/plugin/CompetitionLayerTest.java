/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import static org.anodespark.examples.plugin.PluginNetworks.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class CompetitionLayerTest extends PluginTest {
  @Test
  void hasTheGradientOfCentralDifferencesAsDynamics() {
    assertThat(
            PluginNetworks.agreesWithCentralDifferences(
                network(
                    new ClassicRungeKutta(),
                    new AnodeCheckpoint(),
                    new CompetitionLayer.Builder().build())))
        .isTrue();
  }

  @Test
  void survivesJsonAsPartOfANetwork() {
    PluginNetworks.assertSurvivesJson(
        network(
            new ClassicRungeKutta(),
            new AnodeCheckpoint(),
            new CompetitionLayer.Builder().build()));
  }

  @Test
  void survivesSavingAndLoadingAsPartOfANetwork() throws IOException {
    PluginNetworks.assertSurvivesSaving(
        network(
            new ClassicRungeKutta(),
            new AnodeCheckpoint(),
            new CompetitionLayer.Builder().build()));
  }

  /** One species that hinders itself follows the logistic curve 1 / (1 + (1 / y0 - 1) e^-t). */
  @Test
  void solvesTheLogisticEquation() {
    MultiLayerNetwork network = block();
    network.setParam("0_0.b", Nd4j.ones(DataType.DOUBLE, 1, 1));
    network.setParam("0_0.W", Nd4j.ones(DataType.DOUBLE, 1, 1).neg());
    INDArray start = Nd4j.createFromArray(new double[][] {{0.1}, {0.5}, {2}});
    INDArray end = network.output(start);
    for (int i = 0; i < 3; i++) {
      double expected = 1 / (1 + (1 / start.getDouble(i) - 1) * Math.exp(-1));
      assertThat(end.getDouble(i)).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void learnsTheLogisticEquationFromItsSolutions() {
    MultiLayerNetwork network = block();
    INDArray start = Nd4j.linspace(DataType.DOUBLE, 0.1, 0.1, 20).reshape(20, 1);
    INDArray end = Nd4j.zeros(DataType.DOUBLE, 20, 1);
    for (int i = 0; i < 20; i++) {
      end.putScalar(i, 0, 1 / (1 + (1 / start.getDouble(i) - 1) * Math.exp(-1)));
    }
    DataSet data = new DataSet(start, end);
    for (int i = 0; i < 400; i++) {
      network.fit(data);
    }
    assertThat(network.getParam("0_0.b").getDouble(0)).isCloseTo(1, within(0.01));
    assertThat(network.getParam("0_0.W").getDouble(0)).isCloseTo(-1, within(0.01));
  }

  private static MultiLayerNetwork block() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.1))
                .list()
                .layer(
                    new OdeBlock.Builder()
                        .dynamics(new CompetitionLayer.Builder().build())
                        .solver(new ClassicRungeKutta())
                        .steps(2)
                        .build())
                .layer(
                    new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build())
                .setInputType(InputType.feedForward(1))
                .build());
    network.init();
    return network;
  }
}
