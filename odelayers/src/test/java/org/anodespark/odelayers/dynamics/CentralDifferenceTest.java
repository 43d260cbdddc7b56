/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class CentralDifferenceTest {
  @ParameterizedTest(name = "{0}, arguments of size {1}, direction of size {2}")
  @CsvSource({
    "DOUBLE, 1, 1, 1e-9",
    "DOUBLE, 1e-8, 1, 1e-9",
    "DOUBLE, 1, 1e-12, 1e-9",
    "DOUBLE, 1, 1e12, 1e-9",
    "FLOAT, 1, 1, 5e-4",
    "FLOAT, 1, 1e-12, 5e-4",
    "FLOAT, 1, 1e12, 5e-4"
  })
  void approximatesTheDerivativeWhateverTheSizes(
      DataType type, double size, double length, double tolerance) {
    ArrayPool pool = new ArrayPool(type);
    INDArray x = Nd4j.createFromArray(0.3, -1.1, 0.7, 0.0).castTo(type).muli(size);
    INDArray direction = Nd4j.createFromArray(1.0, -0.5, 0.25, 0.75).castTo(type).muli(length);
    INDArray xBefore = x.dup();
    INDArray directionBefore = direction.dup();
    INDArray out = x.ulike();
    CentralDifference.along(at -> Transforms.sin(at, false), x, direction, out, pool);
    INDArray expected = Transforms.cos(x, true).muli(direction);
    assertThat(out.distance2(expected) / length).isLessThan(tolerance);
    assertThat(x).isEqualTo(xBefore);
    assertThat(direction).isEqualTo(directionBefore);
    assertThat(pool.bytesInUse()).isZero();
  }
}
