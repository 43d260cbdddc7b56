/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

/**
 * A linear map of periodic functions on k points of [0, 2 pi) that commutes with shifts: a matrix
 * {@code A[i][j] = a[(i - j) mod k]}, by its eigenvalues for the modes {@code exp(i m x)}.
 */
final class Circulant {
  private final double[] kernel;

  private Circulant(double[] kernel) {
    this.kernel = kernel;
  }

  /** The second derivative of the trigonometric interpolant. */
  static Circulant secondDerivative(int points) {
    return new Circulant(fromModes(points, mode -> new double[] {-(double) mode * mode, 0}));
  }

  /**
   * Its first derivative. An even number of points has a mode whose derivative is not real there;
   * it counts as 0.
   */
  static Circulant firstDerivative(int points) {
    return new Circulant(
        fromModes(points, mode -> new double[] {0, isNyquist(mode, points) ? 0 : mode}));
  }

  /**
   * {@code exp(time (diffusion D2 + advection D1))}, with the derivatives above. The identity to
   * the last bit where time or both coefficients are 0.
   */
  static Circulant exponential(int points, double diffusion, double advection, double time) {
    double[] kernel =
        fromModes(
            points,
            mode -> {
              double real = -diffusion * mode * mode * time;
              double imaginary = isNyquist(mode, points) ? 0 : advection * mode * time;
              // exp(z) - 1
              double half = Math.sin(imaginary / 2);
              return new double[] {
                Math.expm1(real) * Math.cos(imaginary) - 2 * half * half,
                Math.exp(real) * Math.sin(imaginary)
              };
            });
    kernel[0] += 1;
    return new Circulant(kernel);
  }

  private static boolean isNyquist(int mode, int points) {
    return 2 * Math.abs(mode) == points;
  }

  private interface Eigenvalue {
    /** Real and imaginary part. */
    double[] of(int mode);
  }

  /** The real parts of the inverse transform. */
  private static double[] fromModes(int points, Eigenvalue eigenvalue) {
    double[] kernel = new double[points];
    for (int index = 0; index < points; index++) {
      int mode = 2 * index <= points ? index : index - points;
      double[] value = eigenvalue.of(mode);
      for (int shift = 0; shift < points; shift++) {
        double angle = 2 * Math.PI * ((long) mode * shift % points) / points;
        kernel[shift] += (value[0] * Math.cos(angle) - value[1] * Math.sin(angle)) / points;
      }
    }
    return kernel;
  }

  /** Entry of the matrix. */
  double at(int row, int column) {
    return kernel[Math.floorMod(row - column, kernel.length)];
  }

  /** The transposed matrix. */
  Circulant transposed() {
    double[] reversed = new double[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      reversed[Math.floorMod(-i, kernel.length)] = kernel[i];
    }
    return new Circulant(reversed);
  }
}
