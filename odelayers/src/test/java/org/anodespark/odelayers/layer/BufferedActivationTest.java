/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;

class BufferedActivationTest {
  @ParameterizedTest
  @EnumSource(names = {"IDENTITY", "RELU", "TANH", "SOFTPLUS"})
  void agreesWithTheLayerOfDl4jInValuesAndGradients(Activation activation) {
    LayerNetworks.assertSameFunction(
        LayerNetworks.of(new BufferedActivation(activation)),
        LayerNetworks.of(new ActivationLayer(activation)));
  }

  @ParameterizedTest
  @EnumSource(names = {"RELU", "TANH", "SOFTPLUS"})
  void hasTheGradientOfItsOutput(Activation activation) {
    LayerNetworks.assertGradientOnImages(new BufferedActivation(activation));
    LayerNetworks.assertGradientOnRows(new BufferedActivation(activation));
  }

  @Test
  void refusesAnActivationThatItCannotApply() {
    assertThatThrownBy(() -> new BufferedActivation(Activation.CUBE))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("can apply identity or relu or tanh or softplus, but was given cube");
  }

  @Test
  void refusesTheDefaultOfANetworkThatItCannotApply() {
    assertThatThrownBy(() -> LayerNetworks.of(new BufferedActivation()))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("but was given sigmoid");
  }

  @Test
  void doesNotTakeABoundedOrLeakyReluForAPlainOne() {
    assertThat(FusedActivation.of(new ActivationReLU())).isEqualTo(Nonlinearity.RELU);
    assertThat(FusedActivation.of(new ActivationReLU(6.0, null, null))).isNull();
    assertThat(FusedActivation.of(new ActivationReLU(null, 1.0, null))).isNull();
    assertThat(FusedActivation.of(new ActivationReLU(null, null, 0.1))).isNull();
  }
}
