/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class BufferedDenseTest {
  @ParameterizedTest
  @CsvSource({"IDENTITY, true, 5", "RELU, false, 5", "TANH, true, 1", "SIGMOID, true, 3"})
  void agreesWithTheLayerOfDl4jInValuesAndGradients(
      Activation activation, boolean bias, int outputs) {
    LayerNetworks.assertSameFunction(
        LayerNetworks.ofRows(
            new BufferedDense.Builder().nOut(outputs).activation(activation).hasBias(bias).build()),
        LayerNetworks.ofRows(
            new DenseLayer.Builder().nOut(outputs).activation(activation).hasBias(bias).build()),
        LayerNetworks.rows());
  }

  @Test
  void hasTheGradientOfItsOutput() {
    LayerNetworks.assertGradientOnRows(
        new BufferedDense.Builder().nOut(5).activation(Activation.TANH).build());
  }

  @Test
  void takesEverySettingOfDl4jsBuilder() {
    DenseLayer.Builder mine = new BufferedDense.Builder();
    DenseLayer.Builder theirs = new DenseLayer.Builder();
    for (DenseLayer.Builder builder : new DenseLayer.Builder[] {mine, theirs}) {
      builder
          .name("dense")
          .nOut(5)
          .activation(Activation.TANH)
          .updater(new Adam(0.02))
          .l2(0.25)
          .biasInit(0.5)
          .dropOut(new GaussianNoise(0.1));
    }
    assertThat(LayerSettings.copy(mine.build(), DenseLayer.class)).isEqualTo(theirs.build());
  }

  @Test
  void hasNoActivationUnlessAskedFor() {
    assertThat(new BufferedDense.Builder().nOut(2).build().getActivationFn())
        .isEqualTo(Activation.IDENTITY.getActivationFunction());
  }

  @Test
  void refusesAnActivationThatItCannotApply() {
    assertThatThrownBy(
            () -> new BufferedDense.Builder().nOut(2).activation(Activation.SOFTPLUS).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining(
            "can apply identity or relu or tanh or sigmoid, but was given softplus");
  }

  @Test
  void refusesLayerNormalisation() {
    assertThatThrownBy(() -> new BufferedDense.Builder().nOut(2).hasLayerNorm(true).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("no layer normalisation");
  }

  @Test
  void refusesRowsOfAnotherLength() {
    MultiLayerNetwork network = LayerNetworks.ofRows(new BufferedDense.Builder().nOut(2).build());
    assertThatThrownBy(() -> LayerNetworks.activate(network, Nd4j.ones(DataType.DOUBLE, 2, 4)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("takes 3 channels on the last axis")
        .hasMessageContaining("[2, 4]");
  }
}
