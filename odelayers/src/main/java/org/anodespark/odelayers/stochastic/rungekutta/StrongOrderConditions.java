/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.util.Arrays;

/**
 * The conditions on the coefficients of a {@link StochasticTableau} for strong order 0.5, 1 and
 * 1.5, each of which includes those before (Roessler, 2010, section 6.1 on equations with scalar
 * and diagonal noise).
 */
final class StrongOrderConditions {
  /** A condition counts as met up to the rounding of published digits. */
  static final double ROUNDING = 1e-11;

  private final double[] a0;
  private final double[] a1;
  private final double[] b0;
  private final double[] b1;
  private final double[] b1OfB1;
  private final double[] a1OfB0;
  private final double[] alpha;
  private final double[][] beta;

  /** Matrices with rows of full length. */
  StrongOrderConditions(
      double[][] a0, double[][] a1, double[][] b0, double[][] b1, double[] alpha, double[][] beta) {
    double[] ones = new double[alpha.length];
    Arrays.fill(ones, 1);
    this.a0 = product(a0, ones);
    this.a1 = product(a1, ones);
    this.b0 = product(b0, ones);
    this.b1 = product(b1, ones);
    this.b1OfB1 = product(b1, this.b1);
    this.a1OfB0 = product(a1, this.b0);
    this.alpha = alpha;
    this.beta = beta;
  }

  private static double[] product(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix).mapToDouble(row -> product(row, vector)).toArray();
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] square(double[] vector) {
    return Arrays.stream(vector).map(value -> value * value).toArray();
  }

  /**
   * Checks the conditions up to an order.
   *
   * @throws IllegalArgumentException with the first one that fails
   */
  void require(double order) {
    if (order != 0.5 && order != 1 && order != 1.5) {
      throw new IllegalArgumentException("Strong order " + order + ", expected 0.5, 1 or 1.5.");
    }
    require("sum of alpha", Arrays.stream(alpha).sum(), 1);
    requireForBeta("sum of beta%d", beta, onesLike(alpha), 1, 0, 0, 0);
    if (order >= 1) {
      requireForBeta("beta%d B1 e", beta, b1, 0, 1, 0, 0);
    }
    if (order >= 1.5) {
      requireOneAndAHalf();
    }
  }

  private static double[] onesLike(double[] vector) {
    double[] ones = new double[vector.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void requireOneAndAHalf() {
    require("alpha A0 e", product(alpha, a0), 0.5);
    require("alpha B0 e", product(alpha, b0), 1);
    require("alpha (B0 e)^2", product(alpha, square(b0)), 1.5);
    requireForBeta("beta%d A1 e", beta, a1, 1, 0, -1, 0);
    requireForBeta("beta%d (B1 e)^2", beta, square(b1), 1, 0, -1, 2);
    requireForBeta("beta%d B1 (B1 e)", beta, b1OfB1, 0, 0, 0, 1);
    require(
        "beta1 A1 (B0 e) / 2 + beta3 A1 (B0 e) / 3",
        product(beta[0], a1OfB0) / 2 + product(beta[2], a1OfB0) / 3,
        0);
  }

  private static void requireForBeta(
      String name, double[][] beta, double[] vector, double... expected) {
    for (int noise = 0; noise < expected.length; noise++) {
      require(
          name.replace("%d", String.valueOf(noise + 1)),
          product(beta[noise], vector),
          expected[noise]);
    }
  }

  private static void require(String name, double actual, double expected) {
    if (!(Math.abs(actual - expected) <= ROUNDING)) {
      throw new IllegalArgumentException(
          "The condition " + name + " = " + expected + " is not met: it is " + actual + ".");
    }
  }
}
