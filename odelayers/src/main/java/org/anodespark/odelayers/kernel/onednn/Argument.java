/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One argument of an {@link Operation}: its form is fixed, its place in memory is not. */
final class Argument {
  private final memory place;
  private final Address address = new Address();

  Argument(memory place) {
    this.place = place;
  }

  /** Points to the content of an array, which is neither copied nor owned. */
  void set(INDArray array) {
    set(Address.of(array));
  }

  /** Points to an entry of an array. */
  void set(INDArray array, long entry) {
    set(Address.of(array) + entry * array.dataType().width());
  }

  /** Points to memory of JavaCPP's. */
  void set(Pointer pointer) {
    place.set_data_handle(pointer);
  }

  private void set(long start) {
    address.set(start);
    place.set_data_handle(address);
  }
}
