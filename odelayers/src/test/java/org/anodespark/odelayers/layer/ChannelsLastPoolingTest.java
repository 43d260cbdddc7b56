/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChannelsLastPoolingTest {
  static Stream<Arguments> poolings() {
    return Stream.of(
            Arguments.of(2, 2, 2, 0, ConvolutionMode.Truncate),
            Arguments.of(3, 3, 2, 1, ConvolutionMode.Truncate),
            Arguments.of(3, 2, 1, 1, ConvolutionMode.Truncate),
            Arguments.of(3, 3, 2, 0, ConvolutionMode.Strict),
            Arguments.of(3, 3, 1, 0, ConvolutionMode.Same),
            Arguments.of(2, 3, 2, 0, ConvolutionMode.Same),
            Arguments.of(1, 1, 2, 0, ConvolutionMode.Truncate))
        .flatMap(
            geometry ->
                Stream.of(
                    with(geometry, PoolingType.MAX, false),
                    with(geometry, PoolingType.AVG, false),
                    with(geometry, PoolingType.AVG, true)));
  }

  private static Arguments with(Arguments geometry, PoolingType type, boolean countsPadding) {
    Object[] g = geometry.get();
    return Arguments.of(g[0], g[1], g[2], g[3], g[4], type, countsPadding);
  }

  @ParameterizedTest(name = "{5}, window {0}x{1}, stride {2}, padding {3}, {4}, counts it: {6}")
  @MethodSource("poolings")
  void agreesWithTheLayerOfDl4jInValuesAndGradients(
      int height,
      int width,
      int stride,
      int padding,
      ConvolutionMode mode,
      PoolingType type,
      boolean countsPadding) {
    MultiLayerNetwork mine =
        LayerNetworks.of(
            new ChannelsLastPooling.Builder(type, height, width)
                .stride(stride, stride)
                .padding(padding, padding)
                .convolutionMode(mode)
                .avgPoolIncludePadInDivisor(countsPadding)
                .build());
    MultiLayerNetwork theirs =
        LayerNetworks.of(
            new SubsamplingLayer.Builder(type)
                .kernelSize(height, width)
                .stride(stride, stride)
                .padding(padding, padding)
                .convolutionMode(mode)
                .avgPoolIncludePadInDivisor(countsPadding)
                .build());
    LayerNetworks.assertSameFunction(mine, theirs);
  }

  @ParameterizedTest
  @EnumSource(names = {"MAX", "AVG"})
  void hasTheGradientOfItsOutput(PoolingType type) {
    LayerNetworks.assertGradientOnImages(
        new ChannelsLastPooling.Builder(type, 3, 3).stride(2, 2).padding(1, 1).build());
  }

  @Test
  void refusesImagesWithChannelsFirst() {
    ChannelsLastPooling layer = pooling();
    layer.setLayerName("pool");
    assertThatThrownBy(
            () -> layer.getOutputType(0, InputType.convolutional(8, 8, 3, CNN2DFormat.NCHW)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("ChannelsLastPooling (layer name: pool)")
        .hasMessageContaining("CNN2DFormat.NHWC");
  }

  @Test
  void refusesOtherKindsOfPooling() {
    assertThatThrownBy(
            () ->
                new ChannelsLastPooling.Builder(PoolingType.PNORM, 2, 2)
                    .pnorm(2)
                    .name("pool")
                    .build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("ChannelsLastPooling (layer name: pool) pools MAX or AVG")
        .hasMessageContaining("was given PNORM")
        .hasMessageContaining("use DL4J's SubsamplingLayer");
  }

  @Test
  void refusesDilation() {
    assertThatThrownBy(
            () -> new ChannelsLastPooling.Builder(PoolingType.MAX, 2, 2).dilation(2, 2).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("dilation [2, 2]");
  }

  @Test
  void refusesWindowsInWhichThereIsNothingButPadding() {
    assertThatThrownBy(
            () -> new ChannelsLastPooling.Builder(PoolingType.MAX, 2, 2).padding(2, 1).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("window [2, 2], padding [2, 1]");
  }

  @Test
  void refusesArraysThatAreNoImages() {
    MultiLayerNetwork network = LayerNetworks.of(pooling());
    assertThatThrownBy(() -> LayerNetworks.activate(network, Nd4j.ones(DataType.DOUBLE, 2, 3)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("takes images [N, H, W, C], but was given an array of shape [2, 3]");
  }

  @Test
  void refusesMasks() {
    Layer layer = LayerNetworks.of(pooling()).getLayer(1);
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 2, 1, 7, 7);
    assertThatThrownBy(() -> layer.feedForwardMaskArray(mask, MaskState.Active, 2))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("ChannelsLastPooling")
        .hasMessageContaining("use DL4J's SubsamplingLayer for masked data");
  }

  private static ChannelsLastPooling pooling() {
    return new ChannelsLastPooling.Builder(PoolingType.MAX, 2, 2).build();
  }
}
