/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BufferedActivationTest {
  @ParameterizedTest
  @EnumSource(names = {"IDENTITY", "RELU", "TANH", "SIGMOID", "SOFTPLUS"})
  void agreesWithTheLayerOfDl4jInValuesAndGradients(Activation activation) {
    LayerNetworks.assertSameFunction(
        LayerNetworks.of(new BufferedActivation(activation)),
        LayerNetworks.of(new ActivationLayer(activation)));
  }

  @ParameterizedTest
  @EnumSource(names = {"RELU", "TANH", "SIGMOID", "SOFTPLUS", "CUBE"})
  void hasTheGradientOfItsOutput(Activation activation) {
    LayerNetworks.assertGradientOnImages(new BufferedActivation(activation));
    LayerNetworks.assertGradientOnRows(new BufferedActivation(activation));
  }

  @Test
  void refusesAnActivationThatItCannotApply() {
    assertThatThrownBy(() -> new BufferedActivation(Activation.SWISH))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining(
            "can apply identity or relu or tanh or sigmoid or softplus or gelu or cube, but was given swish");
  }

  @Test
  void refusesWhatItWasGivenLaterThatItCannotApply() {
    BufferedActivation bean = new BufferedActivation();
    bean.setActivationFn(Activation.SWISH.getActivationFunction());
    assertThatThrownBy(() -> LayerNetworks.of(bean))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("but was given swish");
  }

  @Test
  void agreesWithDl4jsLayerOnTheExactGelu() {
    LayerNetworks.assertSameFunction(
        LayerNetworks.of(new BufferedActivation(new ActivationErfGELU())),
        LayerNetworks.of(new ActivationLayer(new ActivationErfGELU())));
  }

  @Test
  void hasTheGradientOfTheExactGelu() {
    LayerNetworks.assertGradientOnImages(new BufferedActivation(new ActivationErfGELU()));
    LayerNetworks.assertGradientOnRows(new BufferedActivation(new ActivationErfGELU()));
  }

  @Test
  void doesNotTakeDl4jsApproximationsOfTheGeluForTheExactOne() {
    INDArray x = Nd4j.createFromArray(-2.0, -0.5, 1.0);
    double[] exact = Bits.of(new ActivationErfGELU().getActivation(x.dup(), true));
    // x times the normal distribution
    assertThat(exact[0]).isEqualTo(-2.0 * 0.02275013194817921, within(1e-15));
    assertThat(exact[1]).isEqualTo(-0.5 * 0.3085375387259869, within(1e-15));
    assertThat(exact[2]).isEqualTo(0.8413447460685429, within(1e-15));
    for (boolean tanh : new boolean[] {false, true}) {
      ActivationGELU dl4js = new ActivationGELU(tanh);
      assertThat(FusedActivation.of(dl4js)).isNull();
      double[] approximate = Bits.of(dl4js.getActivation(x.dup(), true));
      for (int i = 0; i < exact.length; i++) {
        double at = x.getDouble(i);
        // the known approximation by tanh has 0.044715 x^3 instead of this cube
        double cubic = Math.sqrt(2 / Math.PI) * (at + Math.pow(0.044715 * at, 3));
        double expected =
            tanh ? 0.5 * at * (1 + Math.tanh(cubic)) : at / (1 + Math.exp(-1.702 * at));
        assertThat(approximate[i]).isEqualTo(expected, within(1e-7));
        assertThat(Math.abs(approximate[i] - exact[i])).isBetween(5e-4, 0.034);
      }
    }
  }

  @Test
  void doesNotTakeABoundedOrLeakyReluForAPlainOne() {
    assertThat(FusedActivation.of(new ActivationReLU())).isEqualTo(Nonlinearity.RELU);
    assertThat(FusedActivation.of(new ActivationReLU(6.0, null, null))).isNull();
    assertThat(FusedActivation.of(new ActivationReLU(null, 1.0, null))).isNull();
    assertThat(FusedActivation.of(new ActivationReLU(null, null, 0.1))).isNull();
  }
}
