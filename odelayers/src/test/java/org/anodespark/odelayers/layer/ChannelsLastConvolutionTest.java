/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.anodespark.odelayers.kernel.Parts;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChannelsLastConvolutionTest {
  static Stream<Arguments> geometries() {
    return Stream.of(
        Arguments.of(3, 3, 1, ConvolutionMode.Same, true),
        Arguments.of(3, 3, 2, ConvolutionMode.Same, false),
        Arguments.of(1, 1, 1, ConvolutionMode.Same, true),
        Arguments.of(1, 3, 1, ConvolutionMode.Same, false),
        Arguments.of(3, 1, 1, ConvolutionMode.Truncate, true),
        Arguments.of(5, 5, 2, ConvolutionMode.Truncate, false));
  }

  @ParameterizedTest(name = "kernel {0}x{1}, stride {2}, {3}, bias {4}")
  @MethodSource("geometries")
  void agreesWithTheLayerOfDl4jInValuesAndGradients(
      int height, int width, int stride, ConvolutionMode mode, boolean bias) {
    MultiLayerNetwork mine =
        LayerNetworks.of(
            new ChannelsLastConvolution.Builder(height, width)
                .stride(stride, stride)
                .convolutionMode(mode)
                .hasBias(bias)
                .nOut(4)
                .build());
    MultiLayerNetwork theirs =
        LayerNetworks.of(
            new ConvolutionLayer.Builder(height, width)
                .stride(stride, stride)
                .convolutionMode(mode)
                .hasBias(bias)
                .activation(Activation.IDENTITY)
                .nOut(4)
                .build());
    LayerNetworks.assertSameFunction(mine, theirs);
  }

  @Test
  void rectifiesInTheSamePass() {
    MultiLayerNetwork mine =
        LayerNetworks.of(
            new ChannelsLastConvolution.Builder(3, 3).nOut(4).activation(Activation.RELU).build());
    MultiLayerNetwork theirs =
        LayerNetworks.of(
            new ConvolutionLayer.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .nOut(4)
                .build());
    LayerNetworks.assertSameFunction(mine, theirs);
  }

  @Test
  void refusesImagesWithChannelsFirst() {
    ChannelsLastConvolution layer =
        new ChannelsLastConvolution.Builder(3, 3).name("stem").nOut(4).build();
    assertThatThrownBy(
            () -> layer.getOutputType(0, InputType.convolutional(8, 8, 3, CNN2DFormat.NCHW)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("ChannelsLastConvolution (layer name: stem)")
        .hasMessageContaining("CNN2DFormat.NHWC");
  }

  @Test
  void refusesAnActivationThatItCannotApply() {
    assertThatThrownBy(
            () ->
                new ChannelsLastConvolution.Builder(3, 3)
                    .nOut(4)
                    .activation(Activation.ELU)
                    .build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("can apply identity or relu or tanh or sigmoid, but was given elu");
  }

  @Test
  void computesInTheTypeOfTheNetwork() {
    MultiLayerNetwork network =
        LayerNetworks.of(DataType.FLOAT, new ChannelsLastConvolution.Builder(3, 3).nOut(4).build());
    assertThat(network.output(LayerNetworks.images(DataType.FLOAT)).dataType())
        .isEqualTo(DataType.FLOAT);
  }

  @Test
  void refusesAnotherNumberOfChannels() {
    MultiLayerNetwork network =
        LayerNetworks.of(new ChannelsLastConvolution.Builder(3, 3).nOut(4).build());
    assertThatThrownBy(
            () -> LayerNetworks.activate(network, Nd4j.ones(DataType.DOUBLE, 2, 7, 7, 4)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("takes 3 channels on the last axis")
        .hasMessageContaining("[2, 7, 7, 4]");
  }

  @Test
  void convolvesEachGroupByItself() {
    MultiLayerNetwork grouped = LayerNetworks.of(grouped(3, 6));
    MultiLayerNetwork whole =
        LayerNetworks.of(
            new ChannelsLastConvolution.Builder(3, 2).nOut(6).activation(Activation.TANH).build());
    INDArray weights = grouped.getLayer(1).getParam("W");
    assertThat(weights.shape()).containsExactly(6, 1, 3, 2);
    INDArray all = whole.getLayer(1).getParam("W").assign(0.0);
    for (int output = 0; output < 6; output++) {
      Parts.along(Parts.along(all, 0, output, 1), 1, output / 2, 1)
          .assign(Parts.along(weights, 0, output, 1));
    }
    whole.getLayer(1).getParam("b").assign(grouped.getLayer(1).getParam("b").assign(0.5));
    INDArray images = LayerNetworks.images(DataType.DOUBLE);
    assertThat(
            LayerNetworks.activate(grouped, images)
                .distance2(LayerNetworks.activate(whole, images)))
        .isLessThan(1e-12);
  }

  @Test
  void hasTheGradientOfItsGroups() {
    LayerNetworks.assertGradientOnImages(grouped(3, 6));
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    assertThatThrownBy(() -> LayerNetworks.of(grouped(2, 6)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("has 2 groups, which do not divide its 3 channels in and 6 out");
    assertThatThrownBy(() -> grouped(0, 6))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("cannot have 0 groups");
  }

  private static ChannelsLastConvolution grouped(int groups, int outputs) {
    return new ChannelsLastConvolution.Builder(3, 2)
        .nOut(outputs)
        .groups(groups)
        .activation(Activation.TANH)
        .build();
  }
}
