/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.nd4j.Nd4jKernels;
import org.anodespark.odelayers.kernel.onednn.OneDnnKernels;
import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * oneDNN's kernels in float32 and bfloat16 against ND4J's in double precision, on the same numbers.
 */
class KernelAgreementTest {
  private static final double FLOAT32 = 1e-5;
  private static final double BFLOAT16 = 2e-2;

  private final Kernels oneDnn = new OneDnnKernels();
  private final Kernels reference = new Nd4jKernels();
  private final ArrayPool floats = new ArrayPool(DataType.FLOAT);
  private final ArrayPool doubles = new ArrayPool(DataType.DOUBLE);
  private final Random random = Nd4j.getRandomFactory().getNewRandomInstance(42);

  /** A convolution to try: geometry, channels in and out, image height and width. */
  record Case(ConvolutionGeometry geometry, int in, int out, int height, int width) {
    static Case of(int kH, int kW, int stride, int pad, int dilation, int groups, boolean same) {
      return new Case(
          new ConvolutionGeometry(
              kH, kW, stride, stride, pad, pad, dilation, dilation, groups, same),
          4,
          6,
          9,
          7);
    }
  }

  static Stream<Case> convolutions() {
    return Stream.of(
        Case.of(3, 3, 1, 0, 1, 1, true),
        Case.of(3, 3, 1, 1, 1, 1, false),
        Case.of(3, 3, 2, 0, 1, 1, true),
        Case.of(3, 3, 2, 1, 1, 1, false),
        Case.of(2, 2, 1, 0, 1, 1, true),
        Case.of(2, 2, 2, 0, 1, 1, false),
        Case.of(5, 5, 1, 2, 1, 1, false),
        Case.of(1, 1, 1, 0, 1, 1, false),
        Case.of(1, 1, 2, 0, 1, 1, true),
        Case.of(1, 3, 1, 0, 1, 1, true),
        Case.of(3, 1, 1, 0, 1, 1, true),
        Case.of(3, 3, 1, 0, 2, 1, true),
        Case.of(3, 3, 1, 1, 1, 2, false),
        Case.of(1, 1, 1, 0, 1, 2, false),
        new Case(new ConvolutionGeometry(3, 3, 1, 1, 0, 0, 1, 1, 1, true), 3, 16, 8, 8),
        new Case(new ConvolutionGeometry(3, 3, 2, 2, 0, 0, 1, 1, 1, true), 16, 32, 8, 8),
        new Case(new ConvolutionGeometry(3, 3, 1, 1, 0, 0, 1, 1, 8, true), 8, 8, 5, 5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("convolutions")
  void convolutionsAgreeInFloat32(Case trial) {
    for (Nonlinearity follower : Nonlinearity.followers()) {
      compareConvolution(trial, follower, true, DataType.FLOAT, FLOAT32);
    }
    compareConvolution(trial, Nonlinearity.IDENTITY, false, DataType.FLOAT, FLOAT32);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("convolutions")
  void convolutionsAgreeInBfloat16(Case trial) {
    for (Nonlinearity follower : Nonlinearity.followers()) {
      compareConvolution(trial, follower, true, DataType.BFLOAT16, BFLOAT16);
    }
  }

  private void compareConvolution(
      Case trial, Nonlinearity follower, boolean hasBias, DataType type, double tolerance) {
    ConvolutionGeometry geometry = trial.geometry;
    long[] outputShape = {
      3, geometry.outputHeight(trial.height), geometry.outputWidth(trial.width), trial.out
    };
    INDArray x = draw(3, trial.height, trial.width, trial.in);
    INDArray w =
        draw(
            trial.out,
            trial.in / geometry.groups(),
            geometry.kernelHeight(),
            geometry.kernelWidth());
    compareLinear(
        reference.convolution(geometry, follower),
        oneDnn.convolution(geometry, follower),
        x,
        w,
        hasBias ? draw(trial.out) : null,
        outputShape,
        type,
        tolerance);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("convolutions")
  void convolutionsWithABiasForEachEntryAgree(Case trial) {
    for (DataType type : List.of(DataType.FLOAT, DataType.BFLOAT16)) {
      for (Nonlinearity follower : Nonlinearity.followers()) {
        ConvolutionGeometry geometry = trial.geometry;
        long height = geometry.outputHeight(trial.height);
        long width = geometry.outputWidth(trial.width);
        compareLinear(
            reference.convolution(geometry, follower),
            oneDnn.convolution(geometry, follower),
            draw(3, trial.height, trial.width, trial.in),
            draw(
                trial.out,
                trial.in / geometry.groups(),
                geometry.kernelHeight(),
                geometry.kernelWidth()),
            draw(1, height, width, trial.out),
            new long[] {3, height, width, trial.out},
            type,
            // the largest windows here add up a hundred rounded products
            type == DataType.FLOAT ? FLOAT32 : 1.5 * BFLOAT16);
      }
    }
  }

  @Test
  void aBiasForEachEntryIsTheSameForAllExamples() {
    ConvolutionGeometry geometry = new ConvolutionGeometry(3, 3, 1, 1, 0, 0, 1, 1, 1, true);
    INDArray x = draw(3, 5, 4, 2);
    INDArray w = draw(6, 2, 3, 3);
    INDArray bias = draw(1, 5, 4, 6);
    INDArray plain = Nd4j.create(DataType.DOUBLE, 3, 5, 4, 6);
    INDArray shifted = plain.ulike();
    INDArray dBias = bias.ulike();
    try (Weights weights = new Weights(w, doubles)) {
      LinearKernel kernel = reference.convolution(geometry, Nonlinearity.IDENTITY);
      kernel.forward(x, weights, null, plain, doubles);
      kernel.forward(x, weights, bias, shifted, doubles);
      kernel.backward(
          x,
          weights,
          null,
          shifted.dup(),
          x.ulike(),
          new ParameterSlices(w.ulike(), dBias),
          doubles);
    }
    assertClose(shifted, plain.add(bias.broadcast(plain.shape())), 1e-15);
    assertClose(dBias, shifted.sum(true, 0), 1e-14);
  }

  static Stream<Arguments> denseShapes() {
    return Stream.of(
        Arguments.of(1, 1, 1),
        Arguments.of(5, 1, 3),
        Arguments.of(5, 3, 1),
        Arguments.of(1, 7, 4),
        Arguments.of(20, 13, 10),
        Arguments.of(64, 32, 48));
  }

  @ParameterizedTest(name = "{0} rows, {1} to {2}")
  @MethodSource("denseShapes")
  void matrixProductsAgreeInFloat32(int rows, int in, int out) {
    for (Nonlinearity follower : Nonlinearity.followers()) {
      compareDense(rows, in, out, follower, true, DataType.FLOAT, FLOAT32);
    }
    compareDense(rows, in, out, Nonlinearity.IDENTITY, false, DataType.FLOAT, FLOAT32);
  }

  @ParameterizedTest(name = "{0} rows, {1} to {2}")
  @MethodSource("denseShapes")
  void matrixProductsAgreeInBfloat16(int rows, int in, int out) {
    for (Nonlinearity follower : Nonlinearity.followers()) {
      compareDense(rows, in, out, follower, true, DataType.BFLOAT16, BFLOAT16);
    }
  }

  private void compareDense(
      int rows,
      int in,
      int out,
      Nonlinearity follower,
      boolean hasBias,
      DataType type,
      double tolerance) {
    compareLinear(
        reference.dense(follower),
        oneDnn.dense(follower),
        draw(rows, in),
        draw(in, out).dup('f'),
        hasBias ? draw(out) : null,
        new long[] {rows, out},
        type,
        tolerance);
  }

  private void compareLinear(
      LinearKernel expectedKernel,
      LinearKernel actualKernel,
      INDArray x,
      INDArray w,
      INDArray b,
      long[] outputShape,
      DataType type,
      double tolerance) {
    INDArray dy = draw(outputShape);
    INDArray tangent = draw(x.shape());
    LinearRun expected = new LinearRun(expectedKernel, DataType.DOUBLE, DataType.DOUBLE, doubles);
    LinearRun actual = new LinearRun(actualKernel, DataType.FLOAT, type, floats);
    expected.run(x, w, b, dy, tangent, outputShape, null);
    // the sign of a sum near 0 decides a derivative: take it from the same output
    actual.run(x, w, b, dy, tangent, outputShape, expected.y);
    assertClose(actual.y, expected.y, tolerance);
    assertClose(actual.dx, expected.dx, tolerance);
    assertClose(actual.dw, expected.dw, tolerance);
    if (b != null) {
      assertClose(actual.db, expected.db, tolerance);
    }
    assertClose(actual.dTangent, expected.dTangent, tolerance);
    assertClose(actual.dxAlone, expected.dx, tolerance);
    assertThat(floats.bytesInUse()).isZero();
    assertThat(doubles.bytesInUse()).isZero();
  }

  /** All passes, with input of one type between float32 or double neighbours. */
  private static final class LinearRun {
    private final LinearKernel kernel;
    private final DataType parameters;
    private final DataType images;
    private final ArrayPool pool;
    private INDArray y;
    private INDArray dx;
    private INDArray dxAlone;
    private INDArray dw;
    private INDArray db;
    private INDArray dTangent;

    LinearRun(LinearKernel kernel, DataType parameters, DataType images, ArrayPool pool) {
      this.kernel = kernel;
      this.parameters = parameters;
      this.images = images;
      this.pool = pool;
    }

    void run(
        INDArray x,
        INDArray w,
        INDArray b,
        INDArray dy,
        INDArray tangent,
        long[] outputShape,
        INDArray outputForDerivatives) {
      INDArray bias = b == null ? null : b.castTo(parameters);
      y = Nd4j.create(parameters, outputShape);
      dx = Nd4j.create(parameters, x.shape());
      dxAlone = Nd4j.create(parameters, x.shape());
      dw = Nd4j.create(parameters, w.shape(), w.ordering());
      db = b == null ? null : Nd4j.create(parameters, b.shape());
      dTangent = Nd4j.create(parameters, outputShape);
      try (Weights weights = new Weights(w.castTo(parameters).dup(w.ordering()), pool)) {
        kernel.forward(x.castTo(images), weights, bias, y, pool);
        INDArray output =
            outputForDerivatives == null ? y : outputForDerivatives.castTo(parameters);
        kernel.pushforward(output, weights, tangent.castTo(images), dTangent, pool);
        kernel.backward(
            x.castTo(images),
            weights,
            output,
            dy.castTo(parameters).dup(),
            dx,
            new ParameterSlices(dw, db),
            pool);
        kernel.backward(
            x.castTo(images), weights, output, dy.castTo(parameters).dup(), dxAlone, null, pool);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nonlinearitiesAgree(Nonlinearity function) {
    comparePointwise(function, DataType.FLOAT, FLOAT32);
    comparePointwise(function, DataType.BFLOAT16, BFLOAT16);
  }

  private void comparePointwise(Nonlinearity function, DataType type, double tolerance) {
    // what bfloat16 can hold, so that both see the same signs
    INDArray x = draw(4, 5, 3, 7).muli(30.0).castTo(type).castTo(DataType.DOUBLE);
    INDArray d = draw(x.shape());
    INDArray expected = Nd4j.create(DataType.DOUBLE, x.shape());
    INDArray actual = Nd4j.create(DataType.FLOAT, x.shape());
    reference.nonlinearity(function).forward(x, expected, doubles);
    oneDnn.nonlinearity(function).forward(x.castTo(type), actual, floats);
    assertClose(actual, expected, tolerance);

    reference.nonlinearity(function).derivative(x, d, expected, doubles);
    oneDnn
        .nonlinearity(function)
        .derivative(x.castTo(type), d.castTo(DataType.FLOAT), actual, floats);
    assertClose(actual, expected, tolerance);

    INDArray inPlace = d.castTo(type);
    oneDnn.nonlinearity(function).derivative(x.castTo(type), inPlace, inPlace, floats);
    assertClose(inPlace, expected, tolerance);
    assertThat(floats.bytesInUse()).isZero();
    assertThat(doubles.bytesInUse()).isZero();
  }

  @Test
  void softplusDoesNotOverflow() {
    INDArray x = Nd4j.createFromArray(1000.0, -40.0, 0.0);
    INDArray y = Nd4j.create(DataType.DOUBLE, 3);
    reference.nonlinearity(Nonlinearity.SOFTPLUS).forward(x, y, doubles);
    assertThat(y.getDouble(0)).isEqualTo(1000.0);
    assertThat(y.getDouble(1)).isEqualTo(Math.exp(-40.0), within(1e-15));
    assertThat(y.getDouble(2)).isEqualTo(Math.log(2.0), within(1e-15));
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of(new long[] {6, 5}, 'c', 0, 2, 3),
        Arguments.of(new long[] {6, 5}, 'c', 1, 4, 1),
        Arguments.of(new long[] {6, 5}, 'f', 0, 0, 5),
        Arguments.of(new long[] {6, 5}, 'f', 0, 5, 1),
        Arguments.of(new long[] {4, 7, 3, 2}, 'c', 1, 0, 6),
        Arguments.of(new long[] {4, 7, 3, 2}, 'c', 1, 6, 1));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void copiesOfPartsAgree(long[] shape, char order, int axis, long first, long count) {
    for (Kernels kernels : List.of(oneDnn, reference)) {
      INDArray whole = draw(shape).castTo(DataType.FLOAT).dup(order);
      INDArray part = Parts.along(whole, axis, first, count);
      INDArray copy = Nd4j.create(DataType.FLOAT, part.shape(), order);
      kernels.conversion().copyPart(part, copy);
      assertThat(copy).isEqualTo(part).isNotEqualTo(Nd4j.zerosLike(copy));

      INDArray other = draw(shape).castTo(DataType.FLOAT).dup(order);
      INDArray expected = other.dup(order);
      Parts.along(expected, axis, first, count).assign(part);
      kernels.conversion().copyPart(copy, Parts.along(other, axis, first, count));
      assertThat(other).isEqualTo(expected);
    }
  }

  static Stream<PoolingGeometry> poolings() {
    return Stream.of(
        new PoolingGeometry(2, 2, 2, 2, 0, 0, false),
        new PoolingGeometry(3, 3, 2, 2, 0, 0, false),
        new PoolingGeometry(3, 3, 1, 1, 1, 1, false),
        new PoolingGeometry(3, 2, 2, 1, 2, 1, false),
        new PoolingGeometry(3, 3, 1, 1, 0, 0, true),
        new PoolingGeometry(3, 3, 2, 2, 0, 0, true),
        new PoolingGeometry(2, 2, 1, 1, 0, 0, true),
        new PoolingGeometry(2, 3, 3, 2, 0, 0, true),
        new PoolingGeometry(1, 1, 2, 2, 0, 0, false),
        new PoolingGeometry(9, 7, 1, 1, 0, 0, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poolings")
  void poolingsAgree(PoolingGeometry geometry) {
    long[] outputShape = {3, geometry.outputHeight(9), geometry.outputWidth(7), 5};
    for (PoolingFunction function : PoolingFunction.values()) {
      PoolingKernel expected = reference.pooling(geometry, function);
      PoolingKernel actual = oneDnn.pooling(geometry, function);
      INDArray x = draw(3, 9, 7, 5);
      comparePooling(expected, actual, x, outputShape, DataType.FLOAT, FLOAT32);
      comparePooling(expected, actual, x, outputShape, DataType.BFLOAT16, BFLOAT16);
      // after a ReLU most entries of a window can be equal
      comparePooling(expected, actual, x.gt(0.5), outputShape, DataType.FLOAT, FLOAT32);
    }
  }

  @Test
  void globalAveragesAgree() {
    long[] outputShape = {3, 5};
    INDArray x = draw(3, 9, 7, 5);
    comparePooling(
        reference.globalAverage(), oneDnn.globalAverage(), x, outputShape, DataType.FLOAT, FLOAT32);
    comparePooling(
        reference.globalAverage(),
        oneDnn.globalAverage(),
        x,
        outputShape,
        DataType.BFLOAT16,
        BFLOAT16);
    INDArray y = Nd4j.create(DataType.DOUBLE, outputShape);
    reference.globalAverage().forward(x, y, null, doubles);
    assertClose(y, x.mean(1, 2), 1e-15);
  }

  private void comparePooling(
      PoolingKernel expectedKernel,
      PoolingKernel actualKernel,
      INDArray images,
      long[] outputShape,
      DataType type,
      double tolerance) {
    INDArray x = images.castTo(type).castTo(DataType.DOUBLE);
    INDArray dy = draw(outputShape);
    INDArray tangent = draw(x.shape());
    PoolingRun expected = new PoolingRun(expectedKernel, DataType.DOUBLE, DataType.DOUBLE, doubles);
    PoolingRun actual = new PoolingRun(actualKernel, DataType.FLOAT, type, floats);
    expected.run(x, dy, tangent);
    actual.run(x, dy, tangent);
    assertClose(actual.y, expected.y, tolerance);
    assertClose(actual.predicted, expected.y, tolerance);
    assertClose(actual.dx, expected.dx, tolerance);
    assertClose(actual.dTangent, expected.dTangent, tolerance);
    assertThat(floats.bytesInUse()).isZero();
    assertThat(doubles.bytesInUse()).isZero();
  }

  /** All passes of a pooling. */
  private static final class PoolingRun {
    private final PoolingKernel kernel;
    private final DataType neighbours;
    private final DataType images;
    private final ArrayPool pool;
    private INDArray y;
    private INDArray predicted;
    private INDArray dx;
    private INDArray dTangent;

    PoolingRun(PoolingKernel kernel, DataType neighbours, DataType images, ArrayPool pool) {
      this.kernel = kernel;
      this.neighbours = neighbours;
      this.images = images;
      this.pool = pool;
    }

    void run(INDArray x, INDArray dy, INDArray tangent) {
      INDArray input = x.castTo(images);
      y = Nd4j.create(neighbours, dy.shape());
      predicted = Nd4j.create(neighbours, dy.shape());
      dx = Nd4j.create(neighbours, x.shape());
      dTangent = Nd4j.create(neighbours, dy.shape());
      INDArray kept =
          kernel.keepsRecord() ? Nd4j.create(neighbours, kernel.recordLength(input)) : null;
      INDArray known = kernel.readsInput() ? input : null;
      kernel.forward(input, y, kept, pool);
      kernel.forward(input, predicted, null, pool);
      kernel.pushforward(known, tangent.castTo(images), dTangent, pool);
      kernel.backward(known, kept, dy.castTo(neighbours), dx, pool);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void batchNormsOfImagesAgree(boolean rectified) {
    compareBatchNorm(rectified, DataType.FLOAT, FLOAT32, 4, 5, 6, 7);
    compareBatchNorm(rectified, DataType.FLOAT, FLOAT32, 8, 4, 4, 16);
    compareBatchNorm(rectified, DataType.BFLOAT16, BFLOAT16, 8, 4, 4, 16);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void batchNormsOfRowsAgree(boolean rectified) {
    compareBatchNorm(rectified, DataType.FLOAT, FLOAT32, 20, 5);
    compareBatchNorm(rectified, DataType.FLOAT, FLOAT32, 64, 32);
  }

  private void compareBatchNorm(boolean rectified, DataType type, double tolerance, long... shape) {
    long channels = shape[shape.length - 1];
    INDArray x = draw(shape).muli(2.0).addi(0.5);
    INDArray gamma = draw(channels).addi(1.5);
    INDArray beta = draw(channels);
    INDArray dy = draw(shape);
    INDArray tangent = draw(shape);
    // both see the numbers that bfloat16 can hold, so that the ReLU cuts the same ones
    x = x.castTo(type).castTo(DataType.DOUBLE);
    BatchNormRun expected =
        new BatchNormRun(
            reference.batchNorm(1e-5, rectified), DataType.DOUBLE, DataType.DOUBLE, doubles);
    BatchNormRun actual =
        new BatchNormRun(oneDnn.batchNorm(1e-5, rectified), DataType.FLOAT, type, floats);
    expected.run(x, gamma, beta, dy, tangent);
    actual.run(x, gamma, beta, dy, tangent);
    for (int i = 0; i < expected.results.size(); i++) {
      assertClose(actual.results.get(i), expected.results.get(i), tolerance);
    }
    assertThat(floats.bytesInUse()).isZero();
  }

  /** All passes of a batch normalisation. */
  private static final class BatchNormRun {
    private final BatchNormKernel kernel;
    private final DataType parameters;
    private final DataType images;
    private final ArrayPool pool;
    private final List<INDArray> results = new ArrayList<>();

    BatchNormRun(BatchNormKernel kernel, DataType parameters, DataType images, ArrayPool pool) {
      this.kernel = kernel;
      this.parameters = parameters;
      this.images = images;
      this.pool = pool;
    }

    void run(INDArray x, INDArray gamma, INDArray beta, INDArray dy, INDArray tangent) {
      INDArray input = x.castTo(images);
      INDArray scale = gamma.castTo(parameters);
      INDArray shift = beta.castTo(parameters);
      INDArray kept = Nd4j.create(parameters, kernel.recordLength(input));
      INDArray y = result(x.shape());
      INDArray predicted = result(x.shape());
      INDArray dx = result(x.shape());
      INDArray dGamma = result(gamma.shape());
      INDArray dBeta = result(beta.shape());
      INDArray dTangent = result(x.shape());
      kernel.forwardTraining(input, scale, shift, y, kept, pool);
      INDArray mean = kernel.mean(kept, gamma.length());
      INDArray variance = kernel.variance(kept, gamma.length());
      results.add(mean);
      results.add(variance);
      kernel.forwardInference(input, scale, shift, mean.dup(), variance.dup(), predicted, pool);
      INDArray typedTangent = Nd4j.create(images, x.shape());
      kernel.pushforward(input, y, scale, shift, kept, tangent.castTo(images), typedTangent, pool);
      dTangent.assign(typedTangent.castTo(parameters));
      kernel.backward(input, y, scale, kept, dy.castTo(parameters).dup(), dx, dGamma, dBeta, pool);
    }

    private INDArray result(long... shape) {
      INDArray result = Nd4j.create(parameters, shape);
      results.add(result);
      return result;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 70_000, 200_001})
  void sumsAgree(int length) {
    List<INDArray> terms = List.of(draw(length), draw(length), draw(length), draw(length));
    for (double[] coefficients :
        List.of(
            new double[] {0.5},
            new double[] {0.0},
            new double[] {0.0, -2.0},
            new double[] {0.1, 0.0, 0.3, -0.7},
            new double[] {0.1, 0.2, 0.3, 0.4})) {
      for (boolean withBase : new boolean[] {false, true}) {
        INDArray base = withBase ? draw(length) : null;
        INDArray expected = Nd4j.create(DataType.DOUBLE, length);
        INDArray actual = Nd4j.create(DataType.FLOAT, length);
        reference.sums().combine(expected, base, coefficients, terms);
        oneDnn
            .sums()
            .combine(
                actual,
                withBase ? base.castTo(DataType.FLOAT) : null,
                coefficients,
                terms.stream().map(term -> term.castTo(DataType.FLOAT)).toList());
        assertClose(actual, expected, FLOAT32);
      }
    }
  }

  @Test
  void aSumMayGoIntoItsBase() {
    INDArray base = draw(100_000).castTo(DataType.FLOAT);
    INDArray term = draw(100_000).castTo(DataType.FLOAT);
    INDArray expected = base.add(term.mul(0.25));
    oneDnn.sums().combine(base, base, new double[] {0.25}, List.of(term));
    assertClose(base, expected, FLOAT32);
  }

  @Test
  void readsArraysThatBeginInTheMiddleOfOthers() {
    INDArray whole = draw(3, 50).castTo(DataType.FLOAT);
    INDArray out = Nd4j.create(DataType.FLOAT, 50);
    oneDnn.sums().combine(out, whole.getRow(1), new double[] {2.0}, List.of(whole.getRow(2)));
    assertClose(out, whole.getRow(1).add(whole.getRow(2).mul(2.0)), FLOAT32);
  }

  @Test
  void conversionRoundsToTheNearestBfloat16() {
    INDArray numbers = Nd4j.createFromArray(1.0f, 1.0f + 1.0f / 256, 1.0f + 3.0f / 256, -3.14159f);
    INDArray narrow = Nd4j.create(DataType.BFLOAT16, 4);
    INDArray back = Nd4j.create(DataType.FLOAT, 4);
    oneDnn.conversion().convert(numbers, narrow);
    oneDnn.conversion().convert(narrow, back);
    // 8 bits of significand: halves of the last place go to the even neighbour
    assertThat(back.toFloatVector()).containsExactly(1.0f, 1.0f, 1.015625f, -3.140625f);
  }

  private INDArray draw(long... shape) {
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    return Nd4j.rand(array, -1.0, 1.0, random);
  }

  private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
    INDArray difference = actual.castTo(DataType.DOUBLE).sub(expected.castTo(DataType.DOUBLE));
    double scale = Math.max(1.0, expected.amaxNumber().doubleValue());
    assertThat(difference.amaxNumber().doubleValue()).isLessThanOrEqualTo(tolerance * scale);
  }
}
