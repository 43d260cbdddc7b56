/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TimeAsScaleTest extends LayerFieldContractTest {
  TimeAsScaleTest() {
    super(new TimeAsScale(), 0, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.5, 0.0, 0.3, 2.0})
  void multipliesTheLayersByALinearFunctionOfTime(double t) {
    TrainableLayers layers =
        TrainableLayers.of(
            new DenseLayer.Builder().nIn(4).nOut(4).activation(Activation.TANH).build());
    VectorField field = new TimeAsScale(0.5, -2.0).field(layers.forTraining(), layers.pool());
    INDArray y = Nd4j.linspace(DataType.DOUBLE, -1, 0.25, 8).reshape(2, 4);
    INDArray out = y.ulike();
    field.evaluate(t, y, out);
    INDArray byHand = layers.layer(0).activate(y, true, LayerWorkspaceMgr.noWorkspaces());
    assertThat(out.distance2(byHand.mul(0.5 - 2.0 * t))).isLessThan(1e-14);
  }

  @Test
  void keepsTheResultOfARectifiedLastLayerItself() {
    TrainableLayers layers =
        TrainableLayers.of(
            new ChannelsLastConvolution.Builder(1, 1)
                .nIn(3)
                .nOut(3)
                .activation(Activation.RELU)
                .build());
    INDArray y = Nd4j.ones(DataType.DOUBLE, 2, 4, 5, 3);
    VectorField field = new TimeAsScale().field(layers.forTraining(), layers.pool());
    try (KeptEvaluation kept = field.evaluateAndKeep(-1.0, y, y.ulike())) {
      assertThat(kept.readsResult()).isFalse();
      assertThat(kept.keptBytes()).isEqualTo(2 * 4 * 5 * 3 * 8);
    }
  }

  @Test
  void givesTheLayersTheStateAlone() {
    assertThat(new TimeAsScale().inputOf(0, null, InputType.feedForward(4)))
        .isEqualTo(InputType.feedForward(4));
  }

  @Test
  void isOnePlusTimeByDefault() {
    assertThat(new TimeAsScale())
        .isEqualTo(new TimeAsScale(1.0, 1.0))
        .hasToString("TimeAsScale(offset=1.0, rate=1.0)");
  }

  @Test
  void isOnePlusTimeWhereJsonSaysNothingElse() throws IOException {
    String json = "{\"@class\": \"" + TimeAsScale.class.getName() + "\"}";
    assertThat(NeuralNetConfiguration.mapper().readValue(json, TimeInput.class))
        .isEqualTo(new TimeAsScale());
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    assertThatThrownBy(() -> new TimeAsScale(Double.NaN, 1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("offset = NaN, expected a finite number");
    assertThatThrownBy(() -> new TimeAsScale(1.0, Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate = -Infinity, expected a finite number");
  }
}
