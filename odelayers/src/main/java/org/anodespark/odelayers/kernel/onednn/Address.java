/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A pointer that can be pointed elsewhere, so that no new one is made at each call. */
final class Address extends Pointer {
  void set(long value) {
    address = value;
  }

  /**
   * Where the content of an array begins. The plain address of a data buffer is that of the whole
   * allocation, whatever part of it an array views.
   */
  static long of(INDArray array) {
    return array.data().addressPointer().address();
  }
}
