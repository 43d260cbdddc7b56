/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What holds for the passes of every layer of this package, whatever kernels it runs on. */
class BufferedLayerContractTest {
  private static final List<Long> IMAGES = List.of(3L, 6L, 5L, 4L);
  private static final List<Long> ROWS = List.of(7L, 4L);

  static Stream<Arguments> layers() {
    return Stream.of(
        layer(
            IMAGES,
            new ChannelsLastConvolution.Builder(3, 3)
                .nIn(4)
                .nOut(6)
                .activation(Activation.TANH)
                .build()),
        layer(IMAGES, new ChannelsLastConvolution.Builder(3, 3).nIn(4).nOut(6).groups(2).build()),
        layer(IMAGES, new ChannelsLastBatchNorm.Builder().nIn(4).nOut(4).build()),
        layer(ROWS, new ChannelsLastBatchNorm.Builder().nIn(4).nOut(4).build()),
        layer(IMAGES, new ChannelsLastBatchNormPerStep.Builder(3).nIn(4).nOut(4).build()),
        layer(IMAGES, new ChannelsLastGroupNorm.Builder(2).nIn(4).nOut(4).build()),
        layer(
            IMAGES,
            new ChannelsLastGroupNorm.Builder(1)
                .nIn(4)
                .nOut(4)
                .activation(Activation.RELU)
                .build()),
        layer(
            List.of(3L, 5L, 4L, 32L),
            new ChannelsLastGroupNorm.Builder(8)
                .nIn(32)
                .nOut(32)
                .activation(Activation.RELU)
                .build()),
        layer(ROWS, new ChannelsLastGroupNorm.Builder(2).nIn(4).nOut(4).build()),
        layer(IMAGES, new ChannelsLastPooling.Builder(PoolingType.MAX, 3, 3).stride(2, 1).build()),
        layer(
            IMAGES,
            new ChannelsLastPooling.Builder(PoolingType.AVG, 3, 2)
                .stride(2, 1)
                .padding(1, 1)
                .build()),
        layer(IMAGES, new ChannelsLastGlobalAverage()),
        layer(ROWS, new BufferedDense.Builder().nIn(4).nOut(5).activation(Activation.TANH).build()),
        layer(ROWS, new BufferedDense.Builder().nIn(4).nOut(5).hasBias(false).build()),
        layer(IMAGES, new BufferedActivation(Activation.TANH)),
        layer(ROWS, new BufferedActivation(Activation.SOFTPLUS)),
        layer(ROWS, new BufferedActivation(Activation.CUBE)),
        layer(IMAGES, new BufferedActivation(new ActivationErfGELU())));
  }

  private static Arguments layer(List<Long> inputShape, Layer bean) {
    return Arguments.of(bean.getClass().getSimpleName() + " of " + inputShape, inputShape, bean);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agreesInFloat32WithDoublePrecision(String name, List<Long> inputShape, Layer bean) {
    assertAgrees(inputShape, bean, DataType.FLOAT, 1e-5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agreesInBfloat16WithDoublePrecision(String name, List<Long> inputShape, Layer bean) {
    assertAgrees(inputShape, bean, DataType.BFLOAT16, 2e-2);
  }

  private static void assertAgrees(
      List<Long> inputShape, Layer bean, DataType images, double tolerance) {
    Run expected = new Run(bean, DataType.DOUBLE, DataType.DOUBLE, inputShape);
    Run actual = new Run(bean, DataType.FLOAT, images, inputShape);
    expected.passes(false);
    actual.passes(false);
    assertClose(actual.y, expected.y, tolerance);
    assertClose(actual.dTangent, expected.dTangent, tolerance);
    assertClose(actual.dx, expected.dx, tolerance);
    if (expected.gradient != null) {
      assertClose(actual.gradient, expected.gradient, tolerance);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void readsNothingThatItDoesNotSay(String name, List<Long> inputShape, Layer bean) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Run whole = new Run(bean, type, type, inputShape);
      Run withoutTheRest = new Run(bean, type, type, inputShape);
      whole.passes(false);
      withoutTheRest.passes(true);
      assertClose(withoutTheRest.dTangent, whole.dTangent, 0.0);
      assertClose(withoutTheRest.dx, whole.dx, 0.0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void givesBackEveryBufferWhenClosed(String name, List<Long> inputShape, Layer bean) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Run run = new Run(bean, type, type, inputShape);
      run.passes(false);
      assertThat(run.pool.bytesInUse()).isZero();
    }
  }

  /** All passes of a layer, with images of one type between neighbours of the network's type. */
  private static final class Run {
    private final DataType type;
    private final DataType images;
    private final long[] inputShape;
    private final ArrayPool pool;
    private final BufferedLayer layer;
    private final INDArray gradient;
    private INDArray y;
    private INDArray dTangent;
    private INDArray dx;

    Run(Layer bean, DataType type, DataType images, List<Long> inputShape) {
      this.type = type;
      this.images = images;
      this.inputShape = inputShape.stream().mapToLong(Long::longValue).toArray();
      pool = new ArrayPool(type);
      NeuralNetConfiguration configuration =
          new NeuralNetConfiguration.Builder().dataType(type).layer(bean).build();
      long count = bean.initializer().numParams(bean);
      INDArray parameters = count == 0 ? null : draw(1, count).castTo(type).reshape(1, count);
      layer =
          (BufferedLayer)
              configuration.getLayer().instantiate(configuration, null, 0, parameters, false, type);
      gradient = count == 0 ? null : Nd4j.create(type, 1, count);
      if (count > 0) {
        layer.setBackpropGradientsViewArray(gradient);
      }
    }

    /**
     * @param nothingElse whether derivatives are given only what the layer says that they read
     */
    void passes(boolean nothingElse) {
      // what bfloat16 can hold, so that all see the same maxima
      INDArray x = draw(2, inputShape).castTo(DataType.BFLOAT16).castTo(images);
      long[] outputShape = layer.outputShape(inputShape);
      INDArray kept = layer.hasStatistics() ? Nd4j.create(type, layer.statisticsShape(x)) : null;
      y = Nd4j.create(type, outputShape);
      dTangent = Nd4j.create(type, outputShape);
      dx = Nd4j.create(type, inputShape);
      INDArray typedTangent = Nd4j.create(images, outputShape);
      try (LayerPasses passes = layer.passes(pool)) {
        passes.forward(x, y, kept, true);
        INDArray input = nothingElse && !layer.readsInput() ? null : x;
        INDArray output = nothingElse && !layer.readsOutput() ? null : y.castTo(images);
        passes.pushforward(input, output, kept, draw(3, inputShape).castTo(images), typedTangent);
        dTangent.assign(typedTangent.castTo(type));
        passes.backward(
            input, output, kept, draw(4, outputShape).castTo(images), dx, gradient != null);
      }
    }
  }

  private static INDArray draw(long seed, long... shape) {
    return Nd4j.rand(
        Nd4j.create(DataType.DOUBLE, shape),
        -1.0,
        1.0,
        Nd4j.getRandomFactory().getNewRandomInstance(seed));
  }

  private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
    assertThat(Arrays.equals(actual.shape(), expected.shape())).isTrue();
    INDArray difference = actual.castTo(DataType.DOUBLE).sub(expected.castTo(DataType.DOUBLE));
    double scale = Math.max(1.0, expected.amaxNumber().doubleValue());
    assertThat(difference.amaxNumber().doubleValue()).isLessThanOrEqualTo(tolerance * scale);
  }
}
