/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.layer.ActivationErfGELU;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Jets of layers in other types than double precision, by the kernels of this machine. */
class LayerJetPrecisionTest {
  private static final int COEFFICIENTS = 3;

  static Stream<Arguments> fields() {
    return Stream.of(
        Arguments.of(
            new TimeAsChannelOfEveryLayer(),
            new long[] {8, 6},
            List.of(dense(7, 10, Activation.TANH), dense(11, 6, Activation.TANH))),
        Arguments.of(
            new TimeAsChannel(),
            new long[] {2, 5, 5, 3},
            List.of(
                convolution(4, 8, Activation.RELU),
                convolution(8, 3, Activation.IDENTITY),
                new BufferedActivation(Activation.SOFTPLUS))),
        Arguments.of(
            new TimeAsChannelOfEveryLayer(),
            new long[] {2, 5, 5, 3},
            List.of(
                convolution(4, 8, Activation.SIGMOID),
                convolution(9, 3, Activation.IDENTITY),
                new BufferedActivation(new ActivationErfGELU()))));
  }

  private static Layer dense(int in, int out, Activation activation) {
    return new BufferedDense.Builder()
        .nIn(in)
        .nOut(out)
        .biasInit(0.2)
        .activation(activation)
        .build();
  }

  private static Layer convolution(int in, int out, Activation activation) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nIn(in)
        .nOut(out)
        .biasInit(0.3)
        .activation(activation)
        .build();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void haveTheNumbersOfDoublePrecisionUpToRounding(
      TimeInput timeInput, long[] shape, List<Layer> beans) {
    TrainableLayers exact = TrainableLayers.of(DataType.DOUBLE, beans);
    TrainableLayers single = TrainableLayers.of(DataType.FLOAT, beans);
    exact.parameters().assign(single.parameters().castTo(DataType.DOUBLE));
    List<INDArray> expected = results(timeInput, exact, DataType.DOUBLE, shape);
    List<INDArray> actual = results(timeInput, single, DataType.FLOAT, shape);
    for (int i = 0; i < expected.size(); i++) {
      double size = expected.get(i).norm2Number().doubleValue();
      assertThat(actual.get(i).castTo(DataType.DOUBLE).distance2(expected.get(i)))
          .isLessThan(1e-5 * size);
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void areComputedInTheTypeOfTheStatesWhateverThatBetweenTheLayers(
      TimeInput timeInput, long[] shape, List<Layer> beans) {
    TrainableLayers layers = TrainableLayers.of(DataType.FLOAT, beans);
    List<INDArray> expected = results(timeInput, layers, DataType.FLOAT, shape);
    List<INDArray> actual = results(timeInput, layers, DataType.BFLOAT16, shape);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Bits.of(actual.get(i))).isEqualTo(Bits.of(expected.get(i)));
    }
  }

  /** Coefficients, their gradients, and the gradient of the parameters. */
  private static List<INDArray> results(
      TimeInput timeInput, TrainableLayers layers, DataType images, long[] shape) {
    DataType type = layers.pool().dataType();
    List<INDArray> curve = new ArrayList<>();
    for (int k = 0; k < COEFFICIENTS; k++) {
      Nd4j.getRandom().setSeed(300 + k);
      curve.add(Nd4j.randn(DataType.DOUBLE, shape).castTo(type));
    }
    List<INDArray> results = new ArrayList<>();
    layers.gradient().reset();
    try (LayerStack stack = layers.forTraining(images);
        Jet jet = timeInput.field(stack, layers.pool()).jet(0.5, 1.0)) {
      for (INDArray coefficient : curve) {
        INDArray result = coefficient.ulike();
        jet.next(coefficient, result);
        results.add(result);
      }
      for (int k = COEFFICIENTS - 1; k >= 0; k--) {
        INDArray gradient = curve.get(k).ulike();
        jet.pullback(curve.get(k).dup(), gradient);
        results.add(gradient);
      }
    }
    results.add(layers.gradient().sum().dup());
    return results;
  }

  @Test
  void pullNothingBackInPrediction() {
    TrainableLayers layers = TrainableLayers.of(dense(3, 3, Activation.TANH));
    INDArray y = Nd4j.ones(DataType.DOUBLE, 2, 3);
    try (LayerStack stack = layers.forInference();
        Jet jet = stack.jet(0, 1)) {
      jet.next(y, y.ulike());
      assertThatThrownBy(() -> jet.pullback(y.dup(), y.ulike()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("activate the network in training");
    }
  }
}
