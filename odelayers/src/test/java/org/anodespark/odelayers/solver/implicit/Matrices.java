/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.function.DoubleUnaryOperator;

/** Square matrices for tests, as plain arrays. */
final class Matrices {
  private Matrices() {}

  /**
   * A stiff matrix that is not normal, with eigenvalues spread evenly in magnitude from -1 to
   * {@code -largest}: U D U^-1 with U the identity and 0.9 beside its diagonal.
   */
  static double[][] stiff(int size, double largest) {
    return stiff(size, largest, eigenvalue -> eigenvalue);
  }

  /** A function of {@link #stiff(int, double)}: U g(D) U^-1. */
  static double[][] stiff(int size, double largest, DoubleUnaryOperator g) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        matrix[i][j] = Math.pow(-0.9, j - i) * g.applyAsDouble(eigenvalue(i, size, largest));
        if (j > i) {
          matrix[i][j] +=
              0.9 * Math.pow(-0.9, j - i - 1.0) * g.applyAsDouble(eigenvalue(i + 1, size, largest));
        }
      }
    }
    return matrix;
  }

  private static double eigenvalue(int index, int size, double largest) {
    return -Math.pow(largest, index / (size - 1.0));
  }

  /**
   * Convection and diffusion along a line: {@code rate} times (1.5, -2, 0.5) on three diagonals.
   */
  static double[][] convectionDiffusion(int size, double rate) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = -2 * rate;
      if (i > 0) {
        matrix[i][i - 1] = 1.5 * rate;
      }
      if (i < size - 1) {
        matrix[i][i + 1] = 0.5 * rate;
      }
    }
    return matrix;
  }

  /** {@code I - factor * matrix}. */
  static double[][] shifted(double[][] matrix, double factor) {
    double[][] shifted = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        shifted[i][j] = (i == j ? 1.0 : 0.0) - factor * matrix[i][j];
      }
    }
    return shifted;
  }

  static double[] times(double[][] matrix, double[] x) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      product[i] = dot(matrix[i], x);
    }
    return product;
  }

  static double[] transposedTimes(double[][] matrix, double[] x) {
    double[] product = new double[matrix[0].length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < product.length; j++) {
        product[j] += matrix[i][j] * x[i];
      }
    }
    return product;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }
}
