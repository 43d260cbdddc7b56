/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Type and shape of an array, as part of a key. */
final class ArrayForm {
  private final DataType type;
  private final long[] shape;

  ArrayForm(INDArray array) {
    type = array.dataType();
    shape = array.shape();
  }

  private ArrayForm(DataType type, long[] shape) {
    this.type = type;
    this.shape = shape;
  }

  /** The form of one example of a minibatch {@code [N, ...]}: its first size is 1. */
  static ArrayForm ofOneExample(INDArray examples) {
    long[] shape = examples.shape().clone();
    shape[0] = 1;
    return new ArrayForm(examples.dataType(), shape);
  }

  DataType type() {
    return type;
  }

  /** Not to be written to. */
  long[] shape() {
    return shape;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayForm that && type == that.type && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(shape);
  }
}
