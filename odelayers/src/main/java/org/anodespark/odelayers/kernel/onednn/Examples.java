/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.ColumnSums;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Minibatches and what is the same for all of their examples. */
final class Examples {
  private Examples() {}

  /**
   * {@code y := example}, for each example of y.
   *
   * @param y {@code [N, ...]}
   * @param example as many numbers as one example of y has
   */
  static void fill(INDArray y, INDArray example, ArrayPool pool) {
    INDArray typed = Typed.as(y.dataType(), example, pool);
    long bytes = ArrayPool.bytes(typed);
    Address from = new Address();
    Address to = new Address();
    from.set(Address.of(typed));
    long start = Address.of(y);
    for (long i = 0; i < y.size(0); i++) {
      to.set(start + i * bytes);
      Pointer.memcpy(to, from, bytes);
    }
    Typed.giveBack(typed, example, pool);
  }

  /**
   * {@code sum := the sum of the examples}.
   *
   * @param examples {@code [N, ...]}
   * @param sum receives as many numbers as one example has; float32
   */
  static void sum(INDArray examples, INDArray sum, ArrayPool pool) {
    INDArray typed = Typed.as(DataType.FLOAT, examples, pool);
    ColumnSums.ofExamples(typed, sum, pool);
    Typed.giveBack(typed, examples, pool);
  }
}
