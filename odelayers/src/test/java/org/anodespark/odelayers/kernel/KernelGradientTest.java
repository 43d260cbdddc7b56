/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import java.util.stream.Stream;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.nd4j.Nd4jKernels;
import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's kernels in double precision, to which all others are compared: tangents against central
 * differences along a random direction, gradients against the tangents.
 */
class KernelGradientTest {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-7;

  private final Kernels kernels = new Nd4jKernels();
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final Random random = Nd4j.getRandomFactory().getNewRandomInstance(7);

  @ParameterizedTest
  @EnumSource
  void ofNonlinearities(Nonlinearity function) {
    NonlinearityKernel kernel = kernels.nonlinearity(function);
    INDArray x = draw(3, 4, 2, 5);
    INDArray tangent = draw(x.shape());
    INDArray dTangent = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    kernel.derivative(x, tangent, dTangent, pool);
    assertClose(dTangent, difference(at -> forward(kernel, at), x, tangent));
  }

  private INDArray forward(NonlinearityKernel kernel, INDArray x) {
    INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    kernel.forward(x, y, pool);
    return y;
  }

  @ParameterizedTest
  @EnumSource
  void ofPoolings(PoolingFunction function) {
    PoolingGeometry padded = new PoolingGeometry(3, 2, 2, 1, 1, 1, false);
    checkImages(kernels.pooling(padded, function), padded.outputHeight(7), padded.outputWidth(6));
    PoolingGeometry same = new PoolingGeometry(2, 3, 2, 2, 0, 0, true);
    checkImages(kernels.pooling(same, function), same.outputHeight(7), same.outputWidth(6));
  }

  private void checkImages(PoolingKernel kernel, long height, long width) {
    check(kernel, 2, height, width, 3);
  }

  @Test
  void ofTheGlobalAverage() {
    check(kernels.globalAverage(), 2, 3);
  }

  private void check(PoolingKernel kernel, long... outputShape) {
    INDArray x = draw(2, 7, 6, 3);
    INDArray tangent = draw(x.shape());
    INDArray dy = draw(outputShape);
    INDArray dTangent = Nd4j.createUninitialized(DataType.DOUBLE, outputShape);
    kernel.pushforward(x, tangent, dTangent, pool);
    Function<INDArray, INDArray> forward =
        at -> {
          INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, outputShape);
          kernel.forward(at, y, null, pool);
          return y;
        };
    assertClose(dTangent, difference(forward, x, tangent));

    INDArray dx = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    kernel.backward(x, null, dy, dx, pool);
    assertSameProduct(dx, tangent, dy, dTangent);
  }

  static Stream<Arguments> linearKernels() {
    Kernels kernels = new Nd4jKernels();
    ConvolutionGeometry strided = new ConvolutionGeometry(3, 2, 2, 1, 1, 0, 1, 1, 1, false);
    ConvolutionGeometry grouped = new ConvolutionGeometry(3, 3, 1, 1, 0, 0, 1, 1, 2, true);
    return Stream.of(
        Arguments.of(
            kernels.convolution(strided, Nonlinearity.TANH),
            new long[] {2, 5, 6, 4},
            new long[] {6, 4, 3, 2},
            new long[] {2, 3, 5, 6}),
        Arguments.of(
            kernels.convolution(grouped, Nonlinearity.IDENTITY),
            new long[] {2, 5, 6, 4},
            new long[] {6, 2, 3, 3},
            new long[] {2, 5, 6, 6}),
        Arguments.of(
            kernels.dense(Nonlinearity.TANH),
            new long[] {5, 4},
            new long[] {4, 3},
            new long[] {5, 3}),
        Arguments.of(
            kernels.dense(Nonlinearity.RELU),
            new long[] {1, 4},
            new long[] {4, 3},
            new long[] {1, 3}));
  }

  @ParameterizedTest
  @MethodSource("linearKernels")
  void ofLinearFunctions(
      LinearKernel kernel, long[] inputShape, long[] weightsShape, long[] outputShape) {
    char order = weightsShape.length == 2 ? 'f' : 'c';
    INDArray x = draw(inputShape);
    INDArray w = draw(weightsShape).dup(order);
    INDArray b = draw(outputShape[outputShape.length - 1]);
    INDArray tangent = draw(inputShape);
    INDArray weightsTangent = draw(weightsShape).dup(order);
    INDArray biasTangent = draw(b.shape());
    INDArray dy = draw(outputShape);
    INDArray y = forward(kernel, x, w, b, outputShape);
    INDArray dTangent = Nd4j.createUninitialized(DataType.DOUBLE, outputShape);
    INDArray dx = Nd4j.createUninitialized(DataType.DOUBLE, inputShape);
    ParameterSlices gradient =
        new ParameterSlices(
            Nd4j.createUninitialized(DataType.DOUBLE, weightsShape, order),
            Nd4j.createUninitialized(DataType.DOUBLE, b.shape()));
    try (Weights weights = new Weights(w, pool)) {
      kernel.pushforward(y, weights, tangent, dTangent, pool);
      kernel.backward(x, weights, y, dy.dup(), dx, gradient, pool);
    }
    assertClose(dTangent, difference(at -> forward(kernel, at, w, b, outputShape), x, tangent));
    assertSameProduct(dx, tangent, dy, dTangent);
    assertSameProduct(
        gradient.weights(),
        weightsTangent,
        dy,
        difference(at -> forward(kernel, x, at, b, outputShape), w, weightsTangent));
    assertSameProduct(
        gradient.bias(),
        biasTangent,
        dy,
        difference(at -> forward(kernel, x, w, at, outputShape), b, biasTangent));
  }

  private INDArray forward(
      LinearKernel kernel, INDArray x, INDArray w, INDArray b, long[] outputShape) {
    INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, outputShape);
    try (Weights weights = new Weights(w, pool)) {
      kernel.forward(x, weights, b, y, pool);
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofBatchNorms(boolean rectified) {
    BatchNormKernel kernel = kernels.batchNorm(1e-3, rectified);
    INDArray x = draw(4, 3, 2, 5);
    INDArray gamma = draw(5).addi(1.5);
    INDArray beta = draw(5);
    INDArray tangent = draw(x.shape());
    INDArray gammaTangent = draw(5);
    INDArray betaTangent = draw(5);
    INDArray dy = draw(x.shape());
    INDArray kept = Nd4j.createUninitialized(DataType.DOUBLE, kernel.recordLength(x));
    INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    INDArray dTangent = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    INDArray dx = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    INDArray dGamma = Nd4j.createUninitialized(DataType.DOUBLE, 5);
    INDArray dBeta = Nd4j.createUninitialized(DataType.DOUBLE, 5);
    kernel.forwardTraining(x, gamma, beta, y, kept, pool);
    kernel.pushforward(x, y, gamma, beta, kept, tangent, dTangent, pool);
    kernel.backward(x, y, gamma, kept, dy.dup(), dx, dGamma, dBeta, pool);
    assertClose(dTangent, difference(at -> forward(kernel, at, gamma, beta), x, tangent));
    assertSameProduct(dx, tangent, dy, dTangent);
    assertSameProduct(
        dGamma,
        gammaTangent,
        dy,
        difference(at -> forward(kernel, x, at, beta), gamma, gammaTangent));
    assertSameProduct(
        dBeta, betaTangent, dy, difference(at -> forward(kernel, x, gamma, at), beta, betaTangent));
  }

  private INDArray forward(BatchNormKernel kernel, INDArray x, INDArray gamma, INDArray beta) {
    INDArray kept = Nd4j.createUninitialized(DataType.DOUBLE, kernel.recordLength(x));
    INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    kernel.forwardTraining(x, gamma, beta, y, kept, pool);
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "3, false", "6, true"})
  void ofGroupNorms(int groups, boolean rectified) {
    GroupNormKernel kernel = kernels.groupNorm(groups, 1e-3, rectified);
    INDArray x = draw(4, 3, 2, 6);
    INDArray gamma = draw(6).addi(1.5);
    INDArray beta = draw(6);
    INDArray tangent = draw(x.shape());
    INDArray gammaTangent = draw(6);
    INDArray betaTangent = draw(6);
    INDArray dy = draw(x.shape());
    INDArray kept = Nd4j.createUninitialized(DataType.DOUBLE, kernel.recordLength(x));
    INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    INDArray dTangent = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    INDArray dx = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    INDArray dGamma = Nd4j.createUninitialized(DataType.DOUBLE, 6);
    INDArray dBeta = Nd4j.createUninitialized(DataType.DOUBLE, 6);
    kernel.forward(x, gamma, beta, y, kept, pool);
    kernel.pushforward(x, y, gamma, kept, tangent, dTangent, pool);
    kernel.backward(x, y, gamma, kept, dy.dup(), dx, dGamma, dBeta, pool);
    assertClose(dTangent, difference(at -> forward(kernel, at, gamma, beta), x, tangent));
    assertSameProduct(dx, tangent, dy, dTangent);
    assertSameProduct(
        dGamma,
        gammaTangent,
        dy,
        difference(at -> forward(kernel, x, at, beta), gamma, gammaTangent));
    assertSameProduct(
        dBeta, betaTangent, dy, difference(at -> forward(kernel, x, gamma, at), beta, betaTangent));
  }

  private INDArray forward(GroupNormKernel kernel, INDArray x, INDArray gamma, INDArray beta) {
    INDArray kept = Nd4j.createUninitialized(DataType.DOUBLE, kernel.recordLength(x));
    INDArray y = Nd4j.createUninitialized(DataType.DOUBLE, x.shape());
    kernel.forward(x, gamma, beta, y, kept, pool);
    return y;
  }

  private static INDArray difference(
      Function<INDArray, INDArray> function, INDArray at, INDArray direction) {
    INDArray ahead = function.apply(at.add(direction.mul(STEP)).dup(at.ordering()));
    INDArray behind = function.apply(at.sub(direction.mul(STEP)).dup(at.ordering()));
    return ahead.sub(behind).divi(2 * STEP);
  }

  private INDArray draw(long... shape) {
    return Nd4j.rand(Nd4j.create(DataType.DOUBLE, shape), -1.0, 1.0, random);
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(TOLERANCE);
  }

  /** {@code <gradient, tangent> = <dy, dTangent>}. */
  private static void assertSameProduct(
      INDArray gradient, INDArray tangent, INDArray dy, INDArray dTangent) {
    double expected = dy.mul(dTangent).sumNumber().doubleValue();
    double actual = gradient.mul(tangent).sumNumber().doubleValue();
    assertThat(actual).isEqualTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
  }
}
