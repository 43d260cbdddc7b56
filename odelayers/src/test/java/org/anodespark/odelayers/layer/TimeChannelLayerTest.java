/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.kernel.ExtraChannel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers that are given the time, in all types, against the same layers in double precision on
 * input that has the time as one more channel.
 */
class TimeChannelLayerTest {
  private static final List<Long> IMAGES = List.of(3L, 6L, 5L, 4L);
  private static final List<Long> ROWS = List.of(7L, 4L);
  private static final double TIME = -0.75;

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("same padding", IMAGES, convolution(Activation.TANH, 3, 3).build()),
        Arguments.of("no nonlinearity", IMAGES, convolution(Activation.IDENTITY, 3, 3).build()),
        Arguments.of("no bias", IMAGES, convolution(Activation.RELU, 3, 3).hasBias(false).build()),
        Arguments.of("even window", IMAGES, convolution(Activation.TANH, 2, 4).build()),
        Arguments.of("stride", IMAGES, convolution(Activation.TANH, 3, 3).stride(2, 2).build()),
        Arguments.of("dilation", IMAGES, convolution(Activation.TANH, 3, 3).dilation(2, 1).build()),
        Arguments.of("one pixel", IMAGES, convolution(Activation.TANH, 1, 1).build()),
        Arguments.of(
            "whole image",
            IMAGES,
            convolution(Activation.TANH, 6, 5).convolutionMode(ConvolutionMode.Truncate).build()),
        Arguments.of(
            "padding by hand",
            IMAGES,
            convolution(Activation.TANH, 3, 3)
                .convolutionMode(ConvolutionMode.Truncate)
                .padding(1, 2)
                .build()),
        Arguments.of(
            "rows",
            ROWS,
            new BufferedDense.Builder().nIn(5).nOut(6).activation(Activation.TANH).build()),
        Arguments.of(
            "rows without bias",
            ROWS,
            new BufferedDense.Builder().nIn(5).nOut(6).hasBias(false).build()));
  }

  private static ChannelsLastConvolution.Builder convolution(Activation activation, int... window) {
    return new ChannelsLastConvolution.Builder(window).nIn(5).nOut(6).activation(activation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agreesInDoublePrecisionWithOneMoreChannel(String name, List<Long> shape, Layer bean) {
    assertAgrees(bean, shape, DataType.DOUBLE, DataType.DOUBLE, 1e-13);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agreesInFloat32WithOneMoreChannel(String name, List<Long> shape, Layer bean) {
    assertAgrees(bean, shape, DataType.FLOAT, DataType.FLOAT, 1e-5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agreesInBfloat16WithOneMoreChannel(String name, List<Long> shape, Layer bean) {
    assertAgrees(bean, shape, DataType.FLOAT, DataType.BFLOAT16, 3e-2);
  }

  private static void assertAgrees(
      Layer bean, List<Long> inputShape, DataType type, DataType images, double tolerance) {
    long[] shape = inputShape.stream().mapToLong(Long::longValue).toArray();
    int axis = shape.length - 1;
    INDArray x = draw(1, shape);
    INDArray tangent = draw(2, shape);
    Run expected = new Run(bean, DataType.DOUBLE, DataType.DOUBLE);
    try (LayerPasses passes = expected.layer.passes(expected.pool)) {
      expected.run(passes, append(x, axis, TIME), append(tangent, axis, 0.0), null);
    }
    INDArray dx = Nd4j.create(DataType.DOUBLE, shape);
    ExtraChannel.drop(expected.dx, axis, dx);
    Run actual = new Run(bean, type, images);
    try (TimedPasses passes = actual.layer.passesWithTime(actual.pool)) {
      // the sign of a sum near 0 decides a derivative: take it from the same output
      actual.run(passes.at(TIME), x, tangent, expected.y);
    }
    assertThat(actual.layer.outputShapeWithTime(shape)).isEqualTo(expected.y.shape());
    assertClose(actual.y, expected.y, tolerance);
    assertClose(actual.dTangent, expected.dTangent, tolerance);
    assertClose(actual.dx, dx, tolerance);
    assertClose(actual.dxAlone, dx, tolerance);
    assertClose(actual.gradient, expected.gradient, tolerance);
    assertThat(actual.pool.bytesInUse()).isZero();
  }

  /** All passes of a layer, with input of one type between neighbours of the network's type. */
  private static final class Run {
    private final DataType type;
    private final DataType images;
    private final ArrayPool pool;
    private final TimeChannelLayer layer;
    private final INDArray gradientView;
    private INDArray gradient;
    private INDArray y;
    private INDArray dTangent;
    private INDArray dx;
    private INDArray dxAlone;

    Run(Layer bean, DataType type, DataType images) {
      this.type = type;
      this.images = images;
      pool = new ArrayPool(type);
      NeuralNetConfiguration configuration =
          new NeuralNetConfiguration.Builder().dataType(type).layer(bean).build();
      long count = bean.initializer().numParams(bean);
      INDArray parameters = draw(9, 1, count).castTo(type);
      layer =
          (TimeChannelLayer)
              configuration.getLayer().instantiate(configuration, null, 0, parameters, false, type);
      gradientView = Nd4j.create(type, 1, count);
      layer.setBackpropGradientsViewArray(gradientView);
    }

    void run(LayerPasses passes, INDArray x, INDArray tangent, INDArray outputForDerivatives) {
      INDArray input = x.castTo(images);
      y = Nd4j.create(type, outputShape(x));
      passes.forward(input, y, null, true);
      INDArray output = outputForDerivatives == null ? y : outputForDerivatives.castTo(type);
      dTangent = Nd4j.create(type, y.shape());
      dx = Nd4j.create(type, x.shape());
      dxAlone = Nd4j.create(type, x.shape());
      passes.pushforward(input, output, null, tangent.castTo(images), dTangent);
      passes.backward(input, output, null, draw(3, y.shape()).castTo(type), dx, true);
      gradient = gradientView.dup();
      passes.backward(input, output, null, draw(3, y.shape()).castTo(type), dxAlone, false);
    }

    private long[] outputShape(INDArray x) {
      boolean whole = x.size(x.rank() - 1) == 5;
      return whole ? layer.outputShape(x.shape()) : layer.outputShapeWithTime(x.shape());
    }
  }

  @Test
  void refusesInputThatHasTheTimeInIt() {
    for (Layer bean :
        List.of(
            convolution(Activation.TANH, 3, 3).build(),
            new BufferedDense.Builder().nIn(5).nOut(6).build())) {
      TimeChannelLayer layer = new Run(bean, DataType.DOUBLE, DataType.DOUBLE).layer;
      long[] shape = bean instanceof BufferedDense ? new long[] {7, 5} : new long[] {3, 6, 5, 5};
      assertThatThrownBy(() -> layer.outputShapeWithTime(shape))
          .isInstanceOf(DL4JInvalidInputException.class)
          .hasMessageContaining("takes 4 channels on the last axis");
    }
  }

  private static INDArray append(INDArray x, int axis, double value) {
    INDArray wide = Nd4j.create(DataType.DOUBLE, ExtraChannel.widen(x.shape(), axis));
    ExtraChannel.append(x, axis, value, wide);
    return wide;
  }

  /** What bfloat16 can hold, so that all types see the same numbers. */
  private static INDArray draw(long seed, long... shape) {
    return Nd4j.rand(
            Nd4j.create(DataType.DOUBLE, shape),
            -1.0,
            1.0,
            Nd4j.getRandomFactory().getNewRandomInstance(seed))
        .castTo(DataType.BFLOAT16)
        .castTo(DataType.DOUBLE);
  }

  private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
    INDArray difference = actual.castTo(DataType.DOUBLE).sub(expected);
    double scale = Math.max(1.0, expected.amaxNumber().doubleValue());
    assertThat(difference.amaxNumber().doubleValue()).isLessThanOrEqualTo(tolerance * scale);
  }
}
