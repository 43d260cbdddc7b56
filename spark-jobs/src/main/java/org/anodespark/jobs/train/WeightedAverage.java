/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The average of arrays, weighted by whole numbers. Sums run in double precision and in the order
 * of the list, so equal lists give equal bits, and the average of equal float arrays is that array.
 */
final class WeightedAverage {
  private WeightedAverage() {}

  /**
   * Averages.
   *
   * @param arrays at least one, of one shape and type
   * @param weights one per array, each at least 1
   * @return a new array of the same shape and type
   */
  static INDArray of(List<INDArray> arrays, List<Integer> weights) {
    INDArray sum = Nd4j.create(DataType.DOUBLE, arrays.get(0).shape());
    for (int i = 0; i < arrays.size(); i++) {
      INDArray array = arrays.get(i);
      try (INDArray term =
          array.dataType() == DataType.DOUBLE ? array.dup() : array.castTo(DataType.DOUBLE)) {
        sum.addi(term.muli(weights.get(i)));
      }
    }
    sum.divi(weights.stream().mapToInt(Integer::intValue).sum());
    if (sum.dataType() == arrays.get(0).dataType()) {
      return sum;
    }
    try (sum) {
      return sum.castTo(arrays.get(0).dataType());
    }
  }
}
