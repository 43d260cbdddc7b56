/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.RoundTrip;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class GaussianSamplingTest {
  private static final int LATENT = 2;
  private static final int SAMPLING = 1;
  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @Test
  void predictsTheMean() {
    INDArray rows = Nd4j.rand(DataType.DOUBLE, 5, 2 * LATENT);
    Layer layer = network(new FixedSchedule(1), true).getLayer(SAMPLING);
    assertThat(layer.activate(rows, false, WORKSPACES))
        .isEqualTo(rows.get(NDArrayIndex.all(), NDArrayIndex.interval(0, LATENT)));
    assertThat(layer.calcRegularizationScore(true)).isZero();
  }

  @Test
  void drawsSamplesWithTheMeanAndTheVarianceThatItIsGiven() {
    int draws = 20_000;
    INDArray row = Nd4j.createFromArray(new double[][] {{0.5, -2, Math.log(4), Math.log(0.01)}});
    Nd4j.getRandom().setSeed(3);
    INDArray samples =
        network(new FixedSchedule(1), true)
            .getLayer(SAMPLING)
            .activate(Nd4j.tile(row, draws, 1), true, WORKSPACES);
    for (int component = 0; component < LATENT; component++) {
      INDArray column = samples.getColumn(component);
      double variance = Math.exp(row.getDouble(0, LATENT + component));
      // five standard errors
      assertThat(column.meanNumber().doubleValue())
          .isCloseTo(row.getDouble(0, component), within(5 * Math.sqrt(variance / draws)));
      assertThat(column.varNumber().doubleValue())
          .isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / draws)));
    }
  }

  /** The divergence of N(m, s^2) is (m^2 + s^2 - 1) / 2 - log s. */
  @Test
  void addsTheWeightedMeanOfTheDivergenceToTheScore() {
    INDArray rows = Nd4j.createFromArray(new double[][] {{3, 0, 0, 0}, {0, 0, 0, 2 * Math.log(2)}});
    Layer layer = network(new FixedSchedule(0.5), true).getLayer(SAMPLING);
    layer.activate(rows, true, WORKSPACES);
    double first = 4.5;
    double second = 1.5 - Math.log(2);
    assertThat(layer.calcRegularizationScore(true))
        .isCloseTo(0.5 * (first + second) / 2, within(1e-14));
  }

  @Test
  void weighsTheDivergenceByTheIteration() {
    Layer layer =
        network(new StepSchedule(ScheduleType.ITERATION, 1, 0.5, 1), true).getLayer(SAMPLING);
    INDArray rows = Nd4j.createFromArray(new double[][] {{3, 0, 0, 0}});
    layer.setIterationCount(2);
    layer.activate(rows, true, WORKSPACES);
    assertThat(layer.calcRegularizationScore(true)).isCloseTo(0.25 * 4.5, within(1e-14));
  }

  @Test
  void differentiatesSampleAndDivergence() {
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network(new FixedSchedule(0.7), true))
                    .input(Nd4j.rand(DataType.DOUBLE, 4, 3))
                    .labels(Nd4j.rand(DataType.DOUBLE, 4, LATENT))
                    .epsilon(1e-6)
                    .maxRelError(1e-6)
                    .minAbsoluteError(1e-9)
                    .callEachIter(each -> Nd4j.getRandom().setSeed(5))))
        .isTrue();
  }

  /** In a network that does not, the layer itself divides by the examples. */
  @Test
  void givesTheGradientOfTheScoreWhereDl4jDoesNotDivideByExamples() {
    Layer layer = network(new FixedSchedule(0.7), false).getLayer(SAMPLING);
    INDArray rows = Nd4j.rand(DataType.DOUBLE, 4, 2 * LATENT);
    layer.activate(rows, true, WORKSPACES);
    INDArray gradient = layer.backpropGradient(Nd4j.zeros(4, LATENT), WORKSPACES).getSecond();
    double epsilon = 1e-6;
    for (long i = 0; i < rows.length(); i++) {
      double difference = penalty(layer, rows, i, epsilon) - penalty(layer, rows, i, -epsilon);
      assertThat(gradient.getDouble(i)).isCloseTo(difference / (2 * epsilon), within(1e-8));
    }
  }

  private static double penalty(Layer layer, INDArray rows, long place, double move) {
    INDArray moved = rows.dup();
    moved.putScalar(place, rows.getDouble(place) + move);
    layer.activate(moved, true, WORKSPACES);
    return layer.calcRegularizationScore(true);
  }

  @Test
  void refusesToDifferentiateAPrediction() {
    Layer layer = network(new FixedSchedule(1), true).getLayer(SAMPLING);
    layer.activate(Nd4j.rand(DataType.DOUBLE, 3, 2 * LATENT), false, WORKSPACES);
    assertThatThrownBy(() -> layer.backpropGradient(Nd4j.ones(3, LATENT), WORKSPACES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs an activate(training = true)");
  }

  @Test
  void refusesRowsThatAreNotMeansAndVariances() {
    GaussianSampling sampling = new GaussianSampling(new FixedSchedule(1));
    assertThatThrownBy(() -> sampling.getOutputType(0, InputType.feedForward(3)))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessageContaining("nOut twice the number of latent components");
  }

  @Test
  void survivesJsonAndJavaSerialisation() throws Exception {
    GaussianSampling sampling = new GaussianSampling(new FixedSchedule(0.5));
    sampling.setLayerName("start");
    assertThat(RoundTrip.json(sampling, org.deeplearning4j.nn.conf.layers.Layer.class))
        .isEqualTo(sampling)
        .isNotEqualTo(new GaussianSampling(new FixedSchedule(0.6)));
    assertThat(RoundTrip.javaSerialisation(sampling)).isEqualTo(sampling);
    MultiLayerConfiguration network =
        network(new FixedSchedule(0.5), true).getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(network.toJson())).isEqualTo(network);
  }

  @Test
  void aCloneSharesNothing() {
    GaussianSampling sampling = new GaussianSampling(new FixedSchedule(0.5));
    GaussianSampling copy = sampling.clone();
    assertThat(copy).isEqualTo(sampling).hasSameHashCodeAs(sampling).isNotSameAs(sampling);
    assertThat(copy.getWeight()).isNotSameAs(sampling.getWeight());
  }

  private static MultiLayerNetwork network(ISchedule weight, boolean divideByExamples) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .miniBatch(divideByExamples)
                .list()
                .layer(
                    new DenseLayer.Builder().nOut(2 * LATENT).activation(Activation.TANH).build())
                .layer(new GaussianSampling(weight))
                .layer(
                    new LossLayer.Builder()
                        .lossFunction(new LossL2())
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }
}
