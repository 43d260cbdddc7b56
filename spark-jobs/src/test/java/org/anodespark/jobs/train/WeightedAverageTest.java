/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightedAverageTest {
  @Test
  void anArrayCountsAsOftenAsItWeighs() {
    INDArray average =
        WeightedAverage.of(
            List.of(Nd4j.createFromArray(1f, 10f), Nd4j.createFromArray(5f, 2f)), List.of(3, 1));

    assertThat(average.toFloatVector()).containsExactly(2f, 8f);
    assertThat(average.dataType()).isEqualTo(DataType.FLOAT);
  }

  @Test
  void theAverageOfEqualArraysIsThatArrayToTheBit() {
    INDArray array = Nd4j.createFromArray(0.1f, 1e-30f, 3e38f, -7.7f);

    INDArray average =
        WeightedAverage.of(List.of(array, array.dup(), array.dup()), List.of(33, 32, 7));

    assertThat(average.toFloatVector()).isEqualTo(array.toFloatVector());
  }

  @Test
  void doublesStayDoublesAndArgumentsStayAsTheyWere() {
    INDArray first = Nd4j.createFromArray(1.0, 2.0);
    INDArray second = Nd4j.createFromArray(4.0, 8.0);

    assertThat(WeightedAverage.of(List.of(first, second), List.of(1, 2)).toDoubleVector())
        .containsExactly(3.0, 6.0);
    assertThat(first.toDoubleVector()).containsExactly(1.0, 2.0);
    assertThat(second.toDoubleVector()).containsExactly(4.0, 8.0);
  }

  @Test
  void theShapeStays() {
    INDArray row = Nd4j.createFromArray(new float[][] {{1f, 2f, 3f}});

    assertThat(WeightedAverage.of(List.of(row), List.of(9)).shape()).containsExactly(1, 3);
  }
}
