/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** A single number as an argument of an {@link Operation}. */
final class Factor {
  private final FloatPointer value = new FloatPointer(1L);

  Factor(Operation operation, int name) {
    operation.argument(name, OneDnn.row(DataType.FLOAT, 1)).set(value);
  }

  void set(double number) {
    value.put((float) number);
  }
}
