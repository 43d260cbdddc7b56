/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/**
 * Size and placement of a two-dimensional pooling window.
 *
 * @param kernelHeight rows of the window, at least 1
 * @param kernelWidth columns of the window, at least 1
 * @param strideHeight rows between two windows, at least 1
 * @param strideWidth columns between two windows, at least 1
 * @param paddingHeight rows added above and below, fewer than the window has; ignored when {@code
 *     same}
 * @param paddingWidth columns added left and right, fewer than the window has; ignored when {@code
 *     same}
 * @param same whether padding is chosen so that the output has ceil(input / stride) rows and
 *     columns
 */
public record PoolingGeometry(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth,
    boolean same) {

  /** One window over a whole image. */
  public static PoolingGeometry whole(long height, long width) {
    return new PoolingGeometry(Math.toIntExact(height), Math.toIntExact(width), 1, 1, 0, 0, false);
  }

  /** Rows of the output for an input of the given rows. */
  public long outputHeight(long inputHeight) {
    return vertical().windows(inputHeight);
  }

  /** Columns of the output for an input of the given columns. */
  public long outputWidth(long inputWidth) {
    return horizontal().windows(inputWidth);
  }

  /** Rows added above and below an input of the given rows. */
  public Padding verticalPadding(long inputHeight) {
    return vertical().around(inputHeight);
  }

  /** Columns added left and right of an input of the given columns. */
  public Padding horizontalPadding(long inputWidth) {
    return horizontal().around(inputWidth);
  }

  private WindowAxis vertical() {
    return new WindowAxis(kernelHeight, strideHeight, paddingHeight, 1, same);
  }

  private WindowAxis horizontal() {
    return new WindowAxis(kernelWidth, strideWidth, paddingWidth, 1, same);
  }
}
