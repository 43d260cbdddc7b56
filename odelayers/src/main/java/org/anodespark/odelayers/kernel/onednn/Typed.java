/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays in another type for the time of one operation. */
final class Typed {
  private static final OneDnnConversion CONVERSION = new OneDnnConversion();

  private Typed() {}

  /** The array itself if it has the type, otherwise a borrowed copy that has. */
  static INDArray as(DataType type, INDArray array, ArrayPool pool) {
    if (array.dataType() == type) {
      return array;
    }
    INDArray copy = pool.borrow(type, array.shape());
    convert(array, copy);
    return copy;
  }

  /**
   * The array itself if it has the type, otherwise a borrowed one of undefined content that has.
   */
  static INDArray resultFor(DataType type, INDArray array, ArrayPool pool) {
    return array.dataType() == type ? array : pool.borrow(type, array.shape());
  }

  /** Brings a result of {@link #resultFor} to where it belongs, and gives it back, if need be. */
  static void finish(INDArray result, INDArray array, ArrayPool pool) {
    if (result != array) {
      convert(result, array);
      pool.giveBack(result);
    }
  }

  /** {@code to := from}. */
  static void convert(INDArray from, INDArray to) {
    CONVERSION.convert(from, to);
  }

  /** Gives back what {@link #as} borrowed, if it did. */
  static void giveBack(INDArray typed, INDArray array, ArrayPool pool) {
    if (typed != array) {
      pool.giveBack(typed);
    }
  }
}
