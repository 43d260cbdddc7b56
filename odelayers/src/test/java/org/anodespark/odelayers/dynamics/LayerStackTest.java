/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class LayerStackTest {
  @Test
  void refusesAFieldThatChangesTheShapeOfTheState() {
    LayerStack stack = TrainableLayers.of(dense(4, 3)).forInference();
    assertThatThrownBy(() -> stack.evaluate(0, state(), state()))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            failure -> assertThat(failure.reason()).isEqualTo(FailureReason.WRONG_SHAPE))
        .hasMessageContaining("turns a state of shape [2, 4] into [2, 3]")
        .hasMessageContaining("layer 0 (DenseLayer)");
  }

  @Test
  void pullsNothingBackInPrediction() {
    LayerStack stack = TrainableLayers.of(dense(4, 4)).forInference();
    try (KeptEvaluation kept = stack.evaluateAndKeep(0, state(), state())) {
      assertThatThrownBy(() -> kept.pullback(state(), 1, state()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("activate the network in training");
    }
  }

  @Test
  void keepsWhatEveryLayerButTheLastPutOutAndGivesItBack() {
    TrainableLayers layers = TrainableLayers.of(dense(4, 5), dense(5, 4));
    KeptEvaluation kept = layers.forTraining().evaluateAndKeep(0, state(), state());
    assertThat(kept.keptBytes()).isEqualTo(2 * 5 * 8);
    kept.close();
    kept.close();
    assertThat(layers.pool().bytesInUse()).isZero();
  }

  @Test
  void givesTheSameBitsWhetherKeptOrNot() {
    LayerStack stack = TrainableLayers.of(dense(4, 5), dense(5, 4)).forTraining();
    INDArray forgotten = state();
    INDArray kept = state();
    stack.evaluate(0, state(), forgotten);
    stack.evaluateAndKeep(0, state(), kept).close();
    assertThat(kept).isEqualTo(forgotten).isNotEqualTo(state());
  }

  @Test
  void leavesTheStateAsItIsWhereDl4jLayersWorkInPlace() {
    LayerStack stack = TrainableLayers.of(new ActivationLayer(Activation.TANH)).forInference();
    INDArray y = state();
    INDArray out = state();
    stack.evaluate(0, y, out);
    assertThat(y).isEqualTo(state());
    assertThat(out).isEqualTo(Transforms.tanh(state(), true));
  }

  @Test
  void differentiatesLayersWithoutParameters() {
    LayerStack stack = TrainableLayers.of(new ActivationLayer(Activation.CUBE)).forTraining();
    INDArray gradient = state();
    try (KeptEvaluation kept = stack.evaluateAndKeep(0, state(), state())) {
      kept.pullback(Nd4j.ones(DataType.DOUBLE, 2, 4), 1.0, gradient);
    }
    assertThat(gradient.distance2(state().mul(state()).mul(3))).isLessThan(1e-14);
    assertThat(stack.parameterGradient()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void namesTheFirstLayerWhoseOutputIsNotFinite(int broken) {
    TrainableLayers layers = TrainableLayers.of(dense(4, 5), dense(5, 5), dense(5, 4));
    layers.layer(broken).getParam("W").putScalar(0, Double.NaN);
    String expected = "layer " + broken + " (DenseLayer)";
    assertThat(layers.forTraining().locateNonFinite(0, state())).isEqualTo(expected);
    assertThat(layers.forInference().locateNonFinite(0, state())).isEqualTo(expected);
    assertThat(layers.pool().bytesInUse()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void namesTheFirstBufferedLayerWhoseOutputIsNotFinite(int broken) {
    TrainableLayers layers =
        TrainableLayers.of(
            new ChannelsLastConvolution.Builder(1, 1).nIn(4).nOut(4).build(),
            new ChannelsLastBatchNorm.Builder().nIn(4).nOut(4).build());
    layers.layer(broken).getParam(broken == 0 ? "W" : "gamma").putScalar(0, Double.NaN);
    INDArray images = Nd4j.ones(DataType.DOUBLE, 1, 2, 3, 4);
    assertThat(layers.forTraining().locateNonFinite(0, images))
        .isEqualTo(
            broken == 0 ? "layer 0 (ChannelsLastConvolution)" : "layer 1 (ChannelsLastBatchNorm)");
    assertThat(layers.pool().bytesInUse()).isZero();
  }

  @Test
  void namesNoLayerWhenAllOutputsAreFinite() {
    TrainableLayers layers = TrainableLayers.of(dense(4, 5), dense(5, 4));
    assertThat(layers.forTraining().locateNonFinite(0, state())).isEmpty();
    assertThat(layers.pool().bytesInUse()).isZero();
  }

  private static INDArray state() {
    return Nd4j.linspace(DataType.DOUBLE, -1, 0.25, 8).reshape(2, 4);
  }

  private static Layer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
  }
}
