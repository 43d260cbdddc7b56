/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PartsTest {
  private final INDArray numbers = Nd4j.arange(0, 60).castTo(DataType.DOUBLE).reshape('c', 3, 5, 4);

  @Test
  void haveTheEntriesOfTheArray() {
    INDArray part = Parts.along(numbers, 1, 1, 2, 3);
    assertThat(part.shape()).containsExactly(3, 2, 4);
    assertThat(part.getDouble(2, 0, 1)).isEqualTo(numbers.getDouble(2, 1, 1));
    assertThat(part.getDouble(2, 1, 1)).isEqualTo(numbers.getDouble(2, 4, 1));
  }

  @Test
  void writeThroughToTheArray() {
    Parts.along(numbers, 2, 3, 1).assign(-1.0);
    assertThat(numbers.getDouble(1, 2, 3)).isEqualTo(-1.0);
    assertThat(numbers.getDouble(1, 2, 2)).isEqualTo(30.0);
  }

  /** Where ND4J's own way fails: the offset in the first array is beyond the length of the part. */
  @Test
  void canBeTakenOfParts() {
    INDArray tail = Parts.along(numbers, 0, 1, 2);
    INDArray part = Parts.along(Parts.along(tail, 0, 1, 1), 1, 3, 2);
    assertThat(part.shape()).containsExactly(1, 2, 4);
    assertThat(part.ravel().toDoubleVector()).containsExactly(52, 53, 54, 55, 56, 57, 58, 59);
  }
}
