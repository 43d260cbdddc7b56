/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Parts of arrays that are not copied. ND4J's own {@code get} makes them as well, but from an array
 * that is itself a part of another one it returns an empty array for some.
 */
public final class Parts {
  private Parts() {}

  /** The entries from {@code first} to {@code first + count - 1} of an axis. */
  public static INDArray along(INDArray array, int axis, long first, long count) {
    return along(array, axis, first, count, 1);
  }

  /**
   * Every {@code step}-th entry of an axis.
   *
   * @param array any array
   * @param axis of it
   * @param first entry that belongs to the part
   * @param count how many entries belong to it, at least 1
   * @param step at least 1
   */
  public static INDArray along(INDArray array, int axis, long first, long count, long step) {
    long[] shape = array.shape().clone();
    long[] strides = array.stride().clone();
    long start = array.offset() + first * strides[axis];
    shape[axis] = count;
    strides[axis] *= step;
    return Nd4j.create(array.data(), shape, strides, start, array.ordering());
  }
}
