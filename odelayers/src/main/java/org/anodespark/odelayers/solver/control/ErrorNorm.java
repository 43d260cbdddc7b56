/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How large an array is compared with a scale of the same shape. The first of several dimensions
 * counts examples; an array of one dimension is one example. The result does not depend on the
 * order of the examples, to the bit.
 */
public enum ErrorNorm {
  /** Root mean square over all entries: one step size suits the batch as a whole. */
  BATCH_RMS {
    @Override
    double of(double[] meanSquares) {
      double[] sorted = meanSquares.clone();
      Arrays.sort(sorted);
      return Math.sqrt(Arrays.stream(sorted).sum() / sorted.length);
    }
  },
  /** The largest root mean square of one example: no example is solved worse than the tolerance. */
  WORST_SAMPLE {
    @Override
    double of(double[] meanSquares) {
      double largest = 0;
      for (double meanSquare : meanSquares) {
        // Math.max keeps NaN, unlike a comparison
        largest = Math.max(largest, meanSquare);
      }
      return Math.sqrt(largest);
    }
  };

  /**
   * The norm of a batch.
   *
   * @param meanSquares mean square of each example
   */
  abstract double of(double[] meanSquares);

  /**
   * The norm of {@code array / scale}.
   *
   * @param array destroyed
   * @param scale same shape, positive
   * @return not negative; NaN or infinity if an entry is
   */
  public double of(INDArray array, INDArray scale) {
    array.divi(scale);
    array.muli(array);
    if (array.rank() < 2) {
      return of(new double[] {array.meanNumber().doubleValue()});
    }
    long examples = array.size(0);
    INDArray rows = array.reshape('c', examples, array.length() / examples);
    return of(rows.mean(1).toDoubleVector());
  }
}
