/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.kernel.ExtraChannel;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.TakesTime;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TimeAsChannelOfEveryLayerTest extends LayerFieldContractTest {
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  TimeAsChannelOfEveryLayerTest() {
    super(new TimeAsChannelOfEveryLayer(), 0, 1);
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        Arguments.of(
            "two dense layers",
            List.of(4L, 3L),
            List.of(dense(4, 5, Activation.TANH), dense(6, 3, Activation.TANH))),
        Arguments.of(
            "dense layers without bias",
            List.of(4L, 3L),
            List.of(
                new BufferedDense.Builder().nIn(4).nOut(3).hasBias(false).build(),
                new BufferedActivation(Activation.SOFTPLUS))),
        Arguments.of(
            "convolutions, batch norm and a nonlinearity",
            List.of(2L, 4L, 5L, 3L),
            List.of(
                convolution(4, 6, Activation.IDENTITY).build(),
                new ChannelsLastBatchNorm.Builder().nIn(6).nOut(6).build(),
                new BufferedActivation(Activation.TANH),
                convolution(7, 3, Activation.TANH).build())),
        Arguments.of(
            "convolution with padding by hand and without bias",
            List.of(2L, 4L, 5L, 3L),
            List.of(
                convolution(4, 3, Activation.RELU)
                    .convolutionMode(org.deeplearning4j.nn.conf.ConvolutionMode.Truncate)
                    .padding(1, 1)
                    .hasBias(false)
                    .build())),
        Arguments.of(
            "dilated convolution",
            List.of(2L, 6L, 5L, 3L),
            List.of(convolution(4, 3, Activation.TANH).dilation(2, 1).build())));
  }

  private static Layer dense(int in, int out, Activation activation) {
    return new BufferedDense.Builder()
        .nIn(in)
        .nOut(out)
        .biasInit(0.2)
        .activation(activation)
        .build();
  }

  private static ChannelsLastConvolution.Builder convolution(
      int in, int out, Activation activation) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nIn(in)
        .nOut(out)
        .biasInit(0.2)
        .activation(activation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void isWhatTheLayersGiveOfInputWithAConstantChannel(
      String name, List<Long> state, List<Layer> beans) {
    TrainableLayers layers = TrainableLayers.of(beans);
    VectorField field = new TimeAsChannelOfEveryLayer().field(layers.forTraining(), layers.pool());
    INDArray y = random(1, state);
    for (double t : new double[] {-1.5, 0.0, 0.25, 3.0}) {
      INDArray out = y.ulike();
      field.evaluate(t, y, out);
      INDArray byHand = Concatenated.of(layers, beans, t, y).output();
      assertThat(relativeDistance(out, byHand)).as("at t = " + t).isLessThan(1e-12);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void hasTheGradientsOfLayersWithAConstantChannel(
      String name, List<Long> state, List<Layer> beans) {
    TrainableLayers layers = TrainableLayers.of(beans);
    VectorField field = new TimeAsChannelOfEveryLayer().field(layers.forTraining(), layers.pool());
    INDArray y = random(1, state);
    INDArray cotangent = random(2, state);
    double t = -0.75;
    INDArray back = y.ulike();
    INDArray result = y.ulike();
    try (KeptEvaluation kept = field.evaluateAndKeep(t, y, result)) {
      kept.pullback(cotangent.dup(), 1.0, back);
    }
    INDArray gradient = layers.gradient().sum().dup();
    INDArray backByHand = Concatenated.of(layers, beans, t, y).pullback(cotangent);
    assertThat(relativeDistance(back, backByHand)).isLessThan(1e-12);
    // what remains in the view are the gradients that the layers have just left there
    layers.gradient().reset();
    layers.gradient().addView(1.0);
    assertThat(relativeDistance(gradient, layers.gradient().sum())).isLessThan(1e-12);
    assertThat(gradient.norm2Number().doubleValue()).isGreaterThan(0.1);
  }

  /** The same layers, each on its input with the time behind it. */
  private record Concatenated(
      TrainableLayers layers,
      List<Layer> beans,
      double time,
      List<INDArray> inputs,
      INDArray output) {

    static Concatenated of(TrainableLayers layers, List<Layer> beans, double time, INDArray y) {
      List<INDArray> inputs = new ArrayList<>();
      INDArray x = y;
      for (int i = 0; i < beans.size(); i++) {
        inputs.add(beans.get(i) instanceof TakesTime ? widen(x, time) : x);
        x = layers.layer(i).activate(inputs.get(i), true, NO_WORKSPACES);
      }
      return new Concatenated(layers, beans, time, inputs, x);
    }

    private static INDArray widen(INDArray x, double time) {
      int axis = x.rank() - 1;
      INDArray wide = Nd4j.create(DataType.DOUBLE, ExtraChannel.widen(x.shape(), axis));
      ExtraChannel.append(x, axis, time, wide);
      return wide;
    }

    INDArray pullback(INDArray cotangent) {
      INDArray dy = cotangent;
      for (int i = beans.size() - 1; i >= 0; i--) {
        layers.layer(i).activate(inputs.get(i), true, NO_WORKSPACES);
        INDArray dx = layers.layer(i).backpropGradient(dy, NO_WORKSPACES).getSecond();
        dy = beans.get(i) instanceof TakesTime ? withoutTime(dx) : dx;
      }
      return dy;
    }

    private static INDArray withoutTime(INDArray wide) {
      long[] shape = wide.shape().clone();
      shape[shape.length - 1]--;
      INDArray x = Nd4j.create(DataType.DOUBLE, shape);
      ExtraChannel.drop(wide, wide.rank() - 1, x);
      return x;
    }
  }

  @Test
  void givesOneMoreChannelToLayersThatTakeTheTimeAndToNoOthers() {
    InputType images = InputType.convolutional(6, 7, 4, CNN2DFormat.NHWC);
    InputType wide = InputType.convolutional(6, 7, 5, CNN2DFormat.NHWC);
    for (int index : new int[] {0, 3}) {
      TimeInput timeInput = new TimeAsChannelOfEveryLayer();
      assertThat(timeInput.inputOf(index, convolution(5, 4, Activation.RELU).build(), images))
          .isEqualTo(wide);
      assertThat(timeInput.inputOf(index, dense(5, 4, Activation.TANH), InputType.feedForward(4)))
          .isEqualTo(InputType.feedForward(5));
      assertThat(timeInput.inputOf(index, new ChannelsLastBatchNorm.Builder().build(), images))
          .isEqualTo(images);
    }
  }

  @Test
  void keepsNoWidenedInput() {
    TrainableLayers layers =
        TrainableLayers.of(dense(4, 5, Activation.TANH), dense(6, 3, Activation.TANH));
    VectorField field = new TimeAsChannelOfEveryLayer().field(layers.forTraining(), layers.pool());
    INDArray y = Nd4j.ones(DataType.DOUBLE, 7, 3);
    try (KeptEvaluation kept = field.evaluateAndKeep(0.5, y, y.ulike())) {
      assertThat(kept.keptBytes()).isEqualTo(7 * 5 * 8);
    }
  }

  @Test
  void givesBackTheCopiesOfWeightsWhenTheLayersAreClosed() {
    TrainableLayers layers = TrainableLayers.of(convolution(4, 3, Activation.TANH).build());
    LayerStack stack = layers.forTraining();
    INDArray y = random(1, List.of(2L, 4L, 5L, 3L));
    new TimeAsChannelOfEveryLayer().field(stack, layers.pool()).evaluate(0.5, y, y.ulike());
    assertThat(layers.pool().bytesInUse()).isEqualTo(3 * 4 * 3 * 3 * 8);
    stack.close();
    assertThat(layers.pool().bytesInUse()).isZero();
  }

  @Test
  void refusesLayersOfDl4j() {
    TrainableLayers layers = TrainableLayers.of(new DenseLayer.Builder().nIn(4).nOut(3).build());
    assertThatThrownBy(() -> new TimeAsChannelOfEveryLayer().check(List.of(layers.layer(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DenseLayer in its field is a layer of DL4J");
  }

  private static INDArray random(int seed, List<Long> shape) {
    Nd4j.getRandom().setSeed(100 + seed);
    return Nd4j.randn(DataType.DOUBLE, shape.stream().mapToLong(Long::longValue).toArray());
  }

  private static double relativeDistance(INDArray actual, INDArray expected) {
    return actual.distance2(expected) / expected.norm2Number().doubleValue();
  }
}
