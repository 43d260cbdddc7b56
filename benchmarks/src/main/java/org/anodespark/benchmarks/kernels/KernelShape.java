/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images that a kernel works on, as many channels out as in.
 *
 * @param channels at least 1
 * @param size rows and columns, at least 1
 * @param batch images, at least 1
 */
record KernelShape(int channels, int size, int batch) {
  private static final Pattern TEXT =
      Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})x([1-9]\\d{0,4})");

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static KernelShape parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no shape; expected CHANNELSxSIZExBATCH, e.g. 64x32x64.");
    }
    return new KernelShape(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** Random images [N, H, W, C]. */
  INDArray images() {
    return Nd4j.randn(DataType.FLOAT, batch, size, size, channels);
  }

  @Override
  public String toString() {
    return channels + "x" + size + "x" + batch;
  }
}
