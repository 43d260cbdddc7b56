/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ChannelsLastBatchNormTest {
  @Test
  void agreesWithTheLayerOfDl4jInValuesAndGradients() {
    MultiLayerNetwork mine = LayerNetworks.of(new ChannelsLastBatchNorm.Builder().build());
    MultiLayerNetwork theirs =
        LayerNetworks.of(new BatchNormalization.Builder().useLogStd(false).build());
    LayerNetworks.assertSameFunction(mine, theirs);
  }

  @Test
  void updatesTheRunningStatisticsAsDl4jDoes() {
    MultiLayerNetwork mine =
        LayerNetworks.of(new ChannelsLastBatchNorm.Builder().decay(0.8).build());
    MultiLayerNetwork theirs =
        LayerNetworks.of(new BatchNormalization.Builder().decay(0.8).useLogStd(false).build());
    theirs.setParams(mine.params());
    DataSet data =
        new DataSet(LayerNetworks.images(DataType.DOUBLE), Nd4j.ones(DataType.DOUBLE, 2, 3));
    for (int i = 0; i < 3; i++) {
      mine.fit(data);
      theirs.fit(data);
    }
    assertThat(mine.params().distance2(theirs.params())).isLessThan(1e-10);
    assertThat(mine.getLayer(1).getParam("mean").norm2Number().doubleValue()).isGreaterThan(0.001);
  }

  @Test
  void rectifiesInTheSamePass() {
    MultiLayerNetwork plain = LayerNetworks.of(new ChannelsLastBatchNorm.Builder().build());
    MultiLayerNetwork rectified =
        LayerNetworks.of(new ChannelsLastBatchNorm.Builder().activation(Activation.RELU).build());
    INDArray expected =
        Transforms.relu(
            plain.feedForwardToLayer(1, LayerNetworks.images(DataType.DOUBLE), true).get(2));
    INDArray actual =
        rectified.feedForwardToLayer(1, LayerNetworks.images(DataType.DOUBLE), true).get(2);
    assertThat(actual.distance2(expected)).isLessThan(1e-12);
    assertThat(actual.minNumber().doubleValue()).isZero();
  }

  @Test
  void refusesAnActivationThatItCannotApply() {
    assertThatThrownBy(
            () -> new ChannelsLastBatchNorm.Builder().activation(Activation.TANH).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("can apply identity or relu, but was given tanh");
  }

  @Test
  void refusesLockedGammaAndBeta() {
    assertThatThrownBy(() -> new ChannelsLastBatchNorm.Builder().lockGammaBeta(true).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("always learns gamma and beta");
  }

  @Test
  void ignoresDropoutAsDl4jDoes() {
    ChannelsLastBatchNorm bean = new ChannelsLastBatchNorm.Builder().build();
    bean.setIDropout(new Dropout(0.1));
    LayerNetworks.assertSameFunction(
        LayerNetworks.of(bean), LayerNetworks.of(new ChannelsLastBatchNorm.Builder().build()));
  }

  @Test
  void refusesAnotherNumberOfChannels() {
    MultiLayerNetwork network = LayerNetworks.of(new ChannelsLastBatchNorm.Builder().build());
    assertThatThrownBy(
            () -> LayerNetworks.activate(network, Nd4j.ones(DataType.DOUBLE, 2, 7, 7, 4)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("takes 3 channels on the last axis")
        .hasMessageContaining("[2, 7, 7, 4]");
  }
}
