/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Borrowed arrays of one shape that all go back together, whatever happens in between. */
final class Scratch implements AutoCloseable {
  private final ArrayPool pool;
  private final long[] shape;
  private final List<INDArray> borrowed = new ArrayList<>();

  /**
   * @param like gives the shape
   * @param pool lends the arrays
   */
  Scratch(INDArray like, ArrayPool pool) {
    this.pool = pool;
    this.shape = like.shape();
  }

  /** An array with undefined content, given back by {@link #close}. */
  INDArray borrow() {
    INDArray array = pool.borrow(shape);
    borrowed.add(array);
    return array;
  }

  /** Leaves an array that was borrowed here to the caller, who gives it back. */
  INDArray release(INDArray array) {
    borrowed.removeIf(each -> each == array);
    return array;
  }

  @Override
  public void close() {
    borrowed.forEach(pool::giveBack);
    borrowed.clear();
  }
}
