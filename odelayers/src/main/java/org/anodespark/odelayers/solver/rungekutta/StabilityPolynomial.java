/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.Arrays;

/**
 * R of an explicit method: one step with h = 1 of y' = z y multiplies y by {@code R(z) = 1 + sum
 * over k of z^k b^T A^(k-1) 1} (Hairer and Wanner, Solving Ordinary Differential Equations II, 2nd
 * edition, 1996, section IV.2).
 */
public final class StabilityPolynomial {
  /** Fine enough not to step over an interval of instability of the usual methods. */
  private static final double SCAN = 1.0 / 64;

  private static final int BISECTIONS = 50;

  private final double[] coefficients;

  /**
   * @param a row i holds at least the first i coefficients of stage i, 0-based
   * @param b weights of the stages
   */
  public StabilityPolynomial(double[][] a, double[] b) {
    int stages = b.length;
    coefficients = new double[stages + 1];
    coefficients[0] = 1;
    double[] powers = new double[stages];
    Arrays.fill(powers, 1);
    for (int power = 1; power <= stages; power++) {
      double[] next = new double[stages];
      for (int stage = 0; stage < stages; stage++) {
        coefficients[power] += b[stage] * powers[stage];
        for (int j = 0; j < stage; j++) {
          next[stage] += a[stage][j] * powers[j];
        }
      }
      powers = next;
    }
  }

  /** R(z) for a real z. */
  public double at(double z) {
    double value = 0;
    for (int power = coefficients.length - 1; power >= 0; power--) {
      value = value * z + coefficients[power];
    }
    return value;
  }

  /** The largest r for which |R| is at most 1 on all of [-r, 0]. */
  public double radius() {
    double stable = SCAN;
    while (isStable(stable + SCAN)) {
      stable += SCAN;
    }
    double unstable = stable + SCAN;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (stable + unstable) / 2;
      if (isStable(middle)) {
        stable = middle;
      } else {
        unstable = middle;
      }
    }
    return stable;
  }

  private boolean isStable(double r) {
    return Math.abs(at(-r)) <= 1;
  }
}
