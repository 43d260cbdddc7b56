/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/**
 * Windows along one axis of an image.
 *
 * @param size taps of the window
 * @param stride entries between two windows
 * @param padding entries added at both ends; ignored when {@code same}
 * @param dilation entries between two taps
 * @param same whether padding is chosen so that there are ceil(input / stride) windows
 */
record WindowAxis(int size, int stride, int padding, int dilation, boolean same) {
  /** How many windows an axis of the given length has. */
  long windows(long input) {
    if (same) {
      return (input + stride - 1) / stride;
    }
    return (input + 2L * padding - reach()) / stride + 1;
  }

  /** What is added to an axis of the given length. */
  Padding around(long input) {
    if (!same) {
      return new Padding(padding, padding);
    }
    long missing = (windows(input) - 1) * stride + reach();
    long total = Math.max(0, missing - input);
    return new Padding(total / 2, total - total / 2);
  }

  private long reach() {
    return dilation * (size - 1L) + 1;
  }
}
