/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as plain numbers, because ND4J calls arrays equal that differ by less than 1e-5. */
public final class Bits {
  private Bits() {}

  /** All entries in C order; float numbers are widened, which loses nothing. */
  public static double[] of(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
