/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayLimitTest {
  private static final long MEBIBYTE = 1L << 20;

  @AfterEach
  void removeLimit() {
    ArrayLimit.set(ArrayLimit.NONE);
  }

  @Test
  void anArrayThatDoesNotFitFailsInAWayThatIsRecognised() {
    ArrayLimit.set(MEBIBYTE);

    Throwable failure = catchThrowable(() -> array(4 * MEBIBYTE));

    assertThat(failure).isNotNull();
    assertThat(ArrayLimit.wasReachedIn(failure)).isTrue();
    assertThat(ArrayLimit.wasReachedIn(new Exception("Job aborted", failure))).isTrue();
    assertThat(ArrayLimit.wasReachedIn(new Exception("Job aborted"))).isFalse();
  }

  @Test
  void arraysThatNobodyUsesMakeRoom() {
    ArrayLimit.set(allocated() + 64 * MEBIBYTE);
    for (int i = 0; i < 20; i++) {
      assertThat(array(16 * MEBIBYTE).length()).isEqualTo(16 * MEBIBYTE / Float.BYTES);
    }
  }

  @Test
  void withoutALimitArraysTakeWhatThereIs() {
    ArrayLimit.set(MEBIBYTE);
    ArrayLimit.set(ArrayLimit.NONE);
    try (INDArray array = array(4 * MEBIBYTE)) {
      assertThat(array.length()).isEqualTo(MEBIBYTE);
    }
  }

  private static long allocated() {
    return Nd4j.getEnvironment().getDeviceCouner(0);
  }

  private static INDArray array(long bytes) {
    return Nd4j.createUninitialized(DataType.FLOAT, bytes / Float.BYTES);
  }
}
