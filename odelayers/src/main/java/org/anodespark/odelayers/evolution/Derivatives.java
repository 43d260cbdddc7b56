/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

/** The derivatives of kernels over their own periodic grid of [0, 2 pi) x [0, 2 pi). */
final class Derivatives {
  private final Circulant alongRows;
  private final Circulant alongColumns;
  private final Circulant secondAlongRows;
  private final Circulant secondAlongColumns;
  private final Circulant rowIdentity;
  private final Circulant columnIdentity;

  Derivatives(int height, int width) {
    alongRows = Circulant.firstDerivative(height);
    alongColumns = Circulant.firstDerivative(width);
    secondAlongRows = Circulant.secondDerivative(height);
    secondAlongColumns = Circulant.secondDerivative(width);
    rowIdentity = Circulant.exponential(height, 0, 0, 0);
    columnIdentity = Circulant.exponential(width, 0, 0, 0);
  }

  /** {@code target += scale * (second derivatives, added up)}. */
  void addLaplacian(KernelArray kernels, int output, double scale, KernelArray target) {
    kernels.addProduct(output, secondAlongRows, columnIdentity, scale, target);
    kernels.addProduct(output, rowIdentity, secondAlongColumns, scale, target);
  }

  /** {@code target += scale * (derivative along the height)}. */
  void addAlongHeight(KernelArray kernels, int output, double scale, KernelArray target) {
    kernels.addProduct(output, alongRows, columnIdentity, scale, target);
  }

  /** {@code target += scale * (derivative along the width)}. */
  void addAlongWidth(KernelArray kernels, int output, double scale, KernelArray target) {
    kernels.addProduct(output, rowIdentity, alongColumns, scale, target);
  }

  /**
   * The derivatives of {@code scale * <given, (tau laplacian + upsilon . grad + rho) w>} by the
   * coefficients of each channel.
   */
  Coefficients slopes(KernelArray given, KernelArray kernels, double scale) {
    KernelArray laplacian = kernels.like();
    KernelArray alongHeight = kernels.like();
    KernelArray alongWidth = kernels.like();
    Coefficients slopes = Coefficients.zeros(kernels.outputs);
    for (int channel = 0; channel < kernels.outputs; channel++) {
      addLaplacian(kernels, channel, scale, laplacian);
      addAlongHeight(kernels, channel, scale, alongHeight);
      addAlongWidth(kernels, channel, scale, alongWidth);
      slopes.diffusion[channel] = given.dot(laplacian, channel);
      slopes.alongHeight[channel] = given.dot(alongHeight, channel);
      slopes.alongWidth[channel] = given.dot(alongWidth, channel);
      slopes.reaction[channel] = scale * given.dot(kernels, channel);
    }
    return slopes;
  }
}
