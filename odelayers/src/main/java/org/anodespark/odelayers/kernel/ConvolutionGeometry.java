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
    boolean same) {

  /** Rows of the output for an input of the given rows. */
  public long outputHeight(long inputHeight) {
    return outputSize(inputHeight, kernelHeight, strideHeight, paddingHeight, dilationHeight);
  }

  /** Columns of the output for an input of the given columns. */
  public long outputWidth(long inputWidth) {
    return outputSize(inputWidth, kernelWidth, strideWidth, paddingWidth, dilationWidth);
  }

  private long outputSize(long input, int kernel, int stride, int padding, int dilation) {
    if (same) {
      return (input + stride - 1) / stride;
    }
    int reach = dilation * (kernel - 1) + 1;
    return (input + 2L * padding - reach) / stride + 1;
  }
}
