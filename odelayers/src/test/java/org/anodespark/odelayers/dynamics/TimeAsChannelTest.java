/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TimeAsChannelTest extends LayerFieldContractTest {
  TimeAsChannelTest() {
    super(new TimeAsChannel(), 1, 0);
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of(
            "rows",
            new DenseLayer.Builder().nIn(4).nOut(3).activation(Activation.TANH).build(),
            List.of(2L, 3L),
            1),
        Arguments.of(
            "images with channels last",
            new ChannelsLastConvolution.Builder(3, 3).nIn(4).nOut(3).build(),
            List.of(2L, 3L, 3L, 3L),
            3),
        Arguments.of(
            "images with channels last in a stock layer",
            convolution().dataFormat(CNN2DFormat.NHWC).build(),
            List.of(2L, 3L, 3L, 3L),
            3),
        Arguments.of(
            "images with channels first", convolution().build(), List.of(2L, 3L, 3L, 3L), 1),
        Arguments.of(
            "sequences",
            new Convolution1DLayer.Builder(3)
                .nIn(4)
                .nOut(3)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.TANH)
                .build(),
            List.of(2L, 3L, 3L),
            1));
  }

  private static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(3, 3)
        .nIn(4)
        .nOut(3)
        .padding(1, 1)
        .activation(Activation.TANH);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void givesTheFirstLayerTheTimeAsItsLastChannel(
      String name, Layer layer, List<Long> state, int axis) {
    TrainableLayers layers = TrainableLayers.of(layer);
    VectorField field = new TimeAsChannel().field(layers.forTraining(), layers.pool());
    long[] shape = state.stream().mapToLong(Long::longValue).toArray();
    long[] channel = shape.clone();
    channel[axis] = 1;
    INDArray y = Nd4j.randn(DataType.DOUBLE, shape);
    for (double t : new double[] {-1.5, 0.0, 0.25, 3.0}) {
      INDArray out = y.ulike();
      field.evaluate(t, y, out);
      INDArray wide = Nd4j.concat(axis, y, Nd4j.valueArrayOf(channel, t, DataType.DOUBLE));
      INDArray byHand = layers.layer(0).activate(wide, true, LayerWorkspaceMgr.noWorkspaces());
      assertThat(out.distance2(byHand)).as("at t = " + t).isLessThan(1e-13);
    }
  }

  static Stream<Arguments> inputTypes() {
    return Stream.of(
        Arguments.of(InputType.feedForward(4), InputType.feedForward(5)),
        Arguments.of(
            InputType.convolutional(6, 7, 4, CNN2DFormat.NHWC),
            InputType.convolutional(6, 7, 5, CNN2DFormat.NHWC)),
        Arguments.of(
            InputType.convolutional(6, 7, 4, CNN2DFormat.NCHW),
            InputType.convolutional(6, 7, 5, CNN2DFormat.NCHW)),
        Arguments.of(
            InputType.recurrent(4, 9, RNNFormat.NWC), InputType.recurrent(5, 9, RNNFormat.NWC)),
        Arguments.of(
            InputType.convolutional3D(Convolution3D.DataFormat.NDHWC, 2, 6, 7, 4),
            InputType.convolutional3D(Convolution3D.DataFormat.NDHWC, 2, 6, 7, 5)));
  }

  @ParameterizedTest
  @MethodSource("inputTypes")
  void givesTheFirstLayerOneMoreChannel(InputType state, InputType expected) {
    assertThat(new TimeAsChannel().inputOf(0, null, state)).isEqualTo(expected);
  }

  @Test
  void refusesInputWithoutChannels() {
    assertThatThrownBy(
            () -> new TimeAsChannel().inputOf(0, null, InputType.convolutionalFlat(4, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere to go as a channel of InputTypeConvolutionalFlat");
  }

  @ParameterizedTest
  @MethodSource("inputTypes")
  void givesLaterLayersWhatTheyWouldHaveWithoutTime(InputType state, InputType widened) {
    assertThat(new TimeAsChannel().inputOf(1, null, state)).isEqualTo(state);
  }

  static Stream<Arguments> lastAxes() {
    return Stream.of(
        Arguments.of(true, new ChannelsLastConvolution.Builder(3, 3).build()),
        Arguments.of(true, new ConvolutionLayer.Builder(3, 3).dataFormat(CNN2DFormat.NHWC).build()),
        Arguments.of(false, new ConvolutionLayer.Builder(3, 3).build()),
        Arguments.of(true, new Convolution1DLayer.Builder(3).rnnDataFormat(RNNFormat.NWC).build()),
        Arguments.of(false, new Convolution1DLayer.Builder(3).build()),
        Arguments.of(
            true,
            new Convolution3D.Builder(3, 3, 3).dataFormat(Convolution3D.DataFormat.NDHWC).build()),
        Arguments.of(false, new Convolution3D.Builder(3, 3, 3).build()),
        Arguments.of(
            true,
            new Deconvolution3D.Builder()
                .kernelSize(3, 3, 3)
                .dataFormat(Convolution3D.DataFormat.NDHWC)
                .build()),
        Arguments.of(
            true,
            new LocallyConnected2D.Builder()
                .kernelSize(3, 3)
                .nIn(4)
                .nOut(3)
                .dataFormat(CNN2DFormat.NHWC)
                .build()));
  }

  @ParameterizedTest
  @MethodSource("lastAxes")
  void asksTheFirstConvolutionForTheAxisOfTheChannels(boolean last, Layer layer) {
    List<Layer> layers =
        List.of(
            new ActivationLayer(Activation.TANH),
            layer,
            last
                ? new ConvolutionLayer.Builder(3, 3).build()
                : new ChannelsLastConvolution.Builder(3, 3).build());
    assertThat(ChannelAxis.isLast(layers)).isEqualTo(last);
  }

  @Test
  void takesAxisOneWhereNoLayerSaysOtherwise() {
    assertThat(ChannelAxis.isLast(List.of(new ActivationLayer(Activation.TANH)))).isFalse();
  }

  @Test
  void countsTheWidenedInputAmongWhatIsKept() {
    TrainableLayers layers =
        TrainableLayers.of(
            new ChannelsLastConvolution.Builder(1, 1).nIn(4).nOut(3).build(),
            new ChannelsLastBatchNorm.Builder().nIn(3).nOut(3).build());
    VectorField field = new TimeAsChannel().field(layers.forTraining(), layers.pool());
    INDArray y = Nd4j.ones(DataType.DOUBLE, 2, 5, 5, 3);
    try (KeptEvaluation kept = field.evaluateAndKeep(0.5, y, y.ulike())) {
      long pixels = 2 * 5 * 5;
      assertThat(kept.keptBytes()).isEqualTo((pixels * 4 + pixels * 3 + 2 * 3) * 8);
    }
  }
}
