/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.Tolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ErrorNormTest {
  private static final long[][] SHAPES_OF_TWO_EXAMPLES = {{2, 4}, {2, 4, 1}, {2, 1, 2, 2}};

  static Stream<Arguments> types() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE).map(Arguments::of);
  }

  static Stream<Arguments> typesAndShapes() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(type -> Stream.of(SHAPES_OF_TWO_EXAMPLES).map(shape -> Arguments.of(type, shape)));
  }

  /** (3 / 1, 8 / 2): the root of (9 + 16) / 2. */
  @ParameterizedTest
  @MethodSource("types")
  void takesAnArrayOfOneDimensionForOneExample(DataType type) {
    for (ErrorNorm norm : ErrorNorm.values()) {
      assertThat(norm.of(array(type, 3, 8), array(type, 1, 2)))
          .isCloseTo(Math.sqrt(12.5), within(1e-6));
    }
  }

  /** Mean squares 1 and 25 / 4. */
  @ParameterizedTest
  @MethodSource("typesAndShapes")
  void takesTheMeanOverABatchOrItsWorstExample(DataType type, long[] shape) {
    double[] errors = {1, -1, 1, -1, 3, 0, 0, -4};
    assertThat(ErrorNorm.BATCH_RMS.of(array(type, errors).reshape(shape), ones(type, shape)))
        .isCloseTo(Math.sqrt((1 + 6.25) / 2), within(1e-6));
    assertThat(ErrorNorm.WORST_SAMPLE.of(array(type, errors).reshape(shape), ones(type, shape)))
        .isCloseTo(2.5, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void seesNaN(ErrorNorm norm) {
    INDArray errors = array(DataType.DOUBLE, 1, Double.NaN, 2, 3).reshape(2, 2);
    assertThat(norm.of(errors, ones(DataType.DOUBLE, 2, 2))).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void seesInfinity(ErrorNorm norm) {
    INDArray errors = array(DataType.DOUBLE, 1, Double.NEGATIVE_INFINITY, 2, 3).reshape(2, 2);
    assertThat(norm.of(errors, ones(DataType.DOUBLE, 2, 2))).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @EnumSource
  void ofNothingWrongIsZero(ErrorNorm norm) {
    assertThat(norm.of(array(DataType.DOUBLE, 0, 0), array(DataType.DOUBLE, 1, 1))).isZero();
  }

  @ParameterizedTest
  @MethodSource("types")
  void doesNotDependOnTheOrderOfTheExamples(DataType type) {
    INDArray errors = Nd4j.rand(type, 37, 5, 3);
    for (ErrorNorm norm : ErrorNorm.values()) {
      double size = norm.of(errors.dup(), ones(type, 37, 5, 3));
      INDArray reversed = Nd4j.reverse(errors.dup().reshape(37 * 15)).reshape(37, 5, 3);
      INDArray rotated = Nd4j.concat(0, rows(errors, 20, 37), rows(errors, 0, 20));
      assertThat(norm.of(rotated, ones(type, 37, 5, 3))).isEqualTo(size);
      assertThat(norm.of(reversed, ones(type, 37, 5, 3))).isCloseTo(size, within(1e-6));
    }
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to)).dup();
  }

  @ParameterizedTest
  @MethodSource("typesAndShapes")
  void scalesByTheLargerOfTwoStates(DataType type, long[] shape) {
    ArrayPool pool = new ArrayPool(type);
    INDArray before = array(type, 1, -2, 0, 0, 5, 0, 0, 1).reshape(shape);
    INDArray after = array(type, -3, 1, 0, 7, 0, 0, 0, 1).reshape(shape);
    INDArray scale = new Tolerance(0.5, 0.25).scale(before, after, pool);
    assertThat(scale.dup().reshape(8).toDoubleVector())
        .containsExactly(1.75, 1.25, 0.25, 3.75, 2.75, 0.25, 0.25, 0.75);
    assertThat(before.getDouble(1)).isEqualTo(-2);
    assertThat(after.getDouble(0)).isEqualTo(-3);
    assertThat(pool.bytesInUse()).isEqualTo(ArrayPool.bytes(scale));
  }

  @Test
  void scaleOfOneStateTwiceIsThatState() {
    INDArray y = array(DataType.DOUBLE, -2, 4);
    INDArray scale = new Tolerance(0.5, 1).scale(y, y, new ArrayPool(DataType.DOUBLE));
    assertThat(scale.toDoubleVector()).containsExactly(2, 3);
  }

  private static INDArray array(DataType type, double... values) {
    return Nd4j.createFromArray(values).castTo(type);
  }

  private static INDArray ones(DataType type, long... shape) {
    return Nd4j.ones(type, shape);
  }
}
