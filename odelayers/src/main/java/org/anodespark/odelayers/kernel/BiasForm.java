/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Which numbers a {@link LinearKernel} adds to its sums. */
public enum BiasForm {
  /** None. */
  NONE,
  /** One number for each channel of the output. */
  CHANNELS,
  /** One number for each entry of one example of the output; the same for all examples. */
  ENTRIES;

  /**
   * What a bias, or its gradient, is.
   *
   * @param bias null for none
   * @param y the output, or its gradient
   */
  public static BiasForm of(INDArray bias, INDArray y) {
    if (bias == null) {
      return NONE;
    }
    return bias.length() == y.size(y.rank() - 1) ? CHANNELS : ENTRIES;
  }
}
