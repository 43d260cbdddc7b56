/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import static org.anodespark.odelayers.listener.Trainings.block;
import static org.anodespark.odelayers.listener.Trainings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.network.FieldNormalization;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class GradientAuditTest {
  private final RecordingLogger log = new RecordingLogger();

  @Test
  void hasNoResultBeforeTheFirstAudit() {
    assertThat(new GradientAudit.Builder().build().latest()).isEmpty();
  }

  @Test
  void passesTheResidualNetworkInSinglePrecision() {
    ComputationGraph graph =
        new ComputationGraph(
            new ResidualOdeNetwork(
                    List.of(4, 6),
                    1,
                    new Normalization(FieldNormalization.NONE, 0.9),
                    new OdeBlockSettings(
                        new ExplicitMidpoint(),
                        new FixedSteps(2),
                        new AnodeCheckpoint(),
                        List.of(),
                        Precision.NETWORK))
                .configure(
                    new NeuralNetConfiguration.Builder().seed(3).updater(new Nesterovs(0.05, 0.9)),
                    8,
                    8,
                    3,
                    4));
    graph.init();
    graph.setListeners(new GradientAudit.Builder().every(2).log(log).build());
    Nd4j.getRandom().setSeed(9);
    DataSet images =
        new DataSet(
            Nd4j.randn(DataType.FLOAT, 8, 8, 8, 3),
            Nd4j.tile(Nd4j.eye(4).castTo(DataType.FLOAT), 2, 1));
    for (int i = 0; i < 7; i++) {
      graph.fit(images);
    }
    assertThat(log.warnings()).isEmpty();
    assertThat(log.infos())
        .hasSize(4)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("to the gradient with FullStorage 0.0 (threshold 0.020)")
                    .contains("strategies: {ode1=AnodeCheckpoint"));
  }

  @Test
  void auditsMaskedTimeSeriesInAMultiLayerNetwork() {
    assertPassed(Trainings.audited(timeSeries(), maskedSeries()));
  }

  @Test
  void auditsMaskedTimeSeriesInAGraph() {
    assertPassed(Trainings.audited(timeSeries().toComputationGraph(), maskedSeries()));
  }

  private static void assertPassed(GradientAudit.Result result) {
    assertThat(result.directionalDerivative()).isNotZero();
    assertThat(result.relativeErrorToDifferences()).isLessThan(1e-6);
    assertThat(result.relativeErrorToFullStorage()).isZero();
  }

  private static MultiLayerNetwork timeSeries() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            settings()
                .list()
                .layer(new LSTM.Builder().nOut(4).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(2)
                        .build())
                .setInputType(InputType.recurrent(3))
                .build());
    network.init();
    return network;
  }

  private static DataSet maskedSeries() {
    Nd4j.getRandom().setSeed(7);
    INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 1, 1}, {1, 1, 0, 0}});
    return new DataSet(
        Nd4j.randn(DataType.DOUBLE, 2, 3, 4), Nd4j.rand(DataType.DOUBLE, 2, 2, 4), mask, mask);
  }

  @Test
  void refusesTruncatedBackpropagationThroughTime() {
    MultiLayerNetwork network = timeSeries();
    network.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);
    network.getLayerWiseConfigurations().setTbpttFwdLength(2);
    network.getLayerWiseConfigurations().setTbpttBackLength(2);
    network.setListeners(new GradientAudit.Builder().build());
    assertThatThrownBy(() -> network.fit(maskedSeries()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("truncated backpropagation through time");
  }

  @Test
  void auditsANetworkThatEndsInALossLayer() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            settings()
                .list()
                .layer(block("ode", new AnodeCheckpoint()))
                .layer(
                    new LossLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    Nd4j.getRandom().setSeed(7);
    DataSet data = new DataSet(Nd4j.randn(DataType.DOUBLE, 5, 4), Nd4j.rand(DataType.DOUBLE, 5, 4));
    assertPassed(Trainings.audited(network, data));
  }

  @Test
  void leavesOutWhatLiesBeforeAFrozenLayerOfAMultiLayerNetwork() {
    assertPassed(
        Trainings.audited(
            Trainings.network(
                Trainings.Kind.MULTI_LAYER,
                settings(),
                new FrozenLayer.Builder()
                    .layer(new DenseLayer.Builder().nIn(4).nOut(4).build())
                    .build(),
                block("ode", new AnodeCheckpoint())),
            Trainings.minibatch()));
  }

  @Test
  void refusesANumberOfIterationsBelowOne() {
    assertThatThrownBy(() -> new GradientAudit.Builder().every(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every is 0, expected at least 1");
  }

  @Test
  void refusesAThresholdThatIsNotPositive() {
    assertThatThrownBy(() -> new GradientAudit.Builder().threshold(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threshold is 0.0, expected a relative error above 0");
  }
}
