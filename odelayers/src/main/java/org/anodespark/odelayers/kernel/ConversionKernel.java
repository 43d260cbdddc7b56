/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between arrays of different type, and of parts of arrays. */
public interface ConversionKernel {
  /**
   * {@code to := from}, rounded to the nearest number that the type of {@code to} has.
   *
   * @param to same number of entries as {@code from}
   */
  void convert(INDArray from, INDArray to);

  /**
   * {@code to := from}, where either may be a {@linkplain Parts part} of another array.
   *
   * @param to same shape and type as {@code from}
   */
  default void copyPart(INDArray from, INDArray to) {
    to.assign(from);
  }
}
