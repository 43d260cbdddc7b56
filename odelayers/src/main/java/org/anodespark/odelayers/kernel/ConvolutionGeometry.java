/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/**
 * Size and placement of a two-dimensional convolution window.
 *
 * @param kernelHeight rows of the window, at least 1
 * @param kernelWidth columns of the window, at least 1
 * @param strideHeight rows between two windows, at least 1
 * @param strideWidth columns between two windows, at least 1
 * @param paddingHeight rows of zeros above and below; ignored when {@code same}
 * @param paddingWidth columns of zeros left and right; ignored when {@code same}
 * @param dilationHeight rows between two taps of the window, at least 1
 * @param dilationWidth columns between two taps of the window, at least 1
 * @param groups number of parts into which the channels are divided, each with windows of its own;
 *     at least 1, divides the channels of input and output
 * @param same whether padding is chosen so that the output has ceil(input / stride) rows and
 *     columns
 */
public record ConvolutionGeometry(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth,
    int dilationHeight,
    int dilationWidth,
    int groups,
    boolean same) {

  /** Rows of the output for an input of the given rows. */
  public long outputHeight(long inputHeight) {
    return vertical().windows(inputHeight);
  }

  /** Columns of the output for an input of the given columns. */
  public long outputWidth(long inputWidth) {
    return horizontal().windows(inputWidth);
  }

  /** Rows of zeros above and below an input of the given rows. */
  public Padding verticalPadding(long inputHeight) {
    return vertical().around(inputHeight);
  }

  /** Columns of zeros left and right of an input of the given columns. */
  public Padding horizontalPadding(long inputWidth) {
    return horizontal().around(inputWidth);
  }

  private WindowAxis vertical() {
    return new WindowAxis(kernelHeight, strideHeight, paddingHeight, dilationHeight, same);
  }

  private WindowAxis horizontal() {
    return new WindowAxis(kernelWidth, strideWidth, paddingWidth, dilationWidth, same);
  }
}
