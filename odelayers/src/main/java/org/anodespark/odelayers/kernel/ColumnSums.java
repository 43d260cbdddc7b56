/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums of columns as matrix products with a row of ones, which on a processor is several times
 * faster than ND4J's reductions.
 */
public final class ColumnSums {
  private ColumnSums() {}

  /**
   * {@code sum := the sum of all examples}.
   *
   * @param examples {@code [N, ...]}, contiguous
   * @param sum receives as many numbers as one example has; contiguous, of the same type
   * @param pool lends scratch memory
   */
  public static void ofExamples(INDArray examples, INDArray sum, ArrayPool pool) {
    INDArray ones = ones(examples.size(0), pool);
    add(examples.reshape('c', examples.size(0), sum.length()), ones, sum.reshape(sum.length()));
    pool.giveBack(ones);
  }

  /** A row of ones, borrowed. */
  public static INDArray ones(long count, ArrayPool pool) {
    INDArray ones = pool.borrow(1, count);
    ones.assign(1.0);
    return ones;
  }

  /**
   * {@code sums := ones * rows}.
   *
   * @param rows {@code [N, C]}
   * @param ones N of them
   * @param sums receives C numbers
   */
  public static void add(INDArray rows, INDArray ones, INDArray sums) {
    Nd4j.gemm(ones, rows, sums.reshape('f', 1, sums.length()), false, false, 1.0, 0.0);
  }
}
