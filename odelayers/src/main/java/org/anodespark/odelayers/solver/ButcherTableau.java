/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.Arrays;

/**
 * Coefficients of an explicit Runge-Kutta method (Butcher, 1963): stage i is evaluated at {@code t
 * + c_i h} and {@code y + h * sum over j < i of a_ij k_j}; the step is {@code y + h * sum of b_i
 * k_i}.
 */
public final class ButcherTableau {
  private static final double ROUNDING = 1e-12;

  private final double[][] a;
  private final double[] b;
  private final double[] c;

  /**
   * @param a row i holds {@code a_i0 ... a_i(i-1)}; row 0 is empty
   * @param b weights of the stages, sum 1
   * @param c nodes of the stages; node i is the sum of row i
   * @throws IllegalArgumentException if the sizes do not fit, a row sum is not its node, or the
   *     weights do not sum to 1
   */
  public ButcherTableau(double[][] a, double[] b, double[] c) {
    this.a = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    this.b = b.clone();
    this.c = c.clone();
    if (a.length != b.length || c.length != b.length) {
      throw new IllegalArgumentException(
          "A tableau of "
              + b.length
              + " weights needs as many rows and nodes, found "
              + a.length
              + " rows and "
              + c.length
              + " nodes.");
    }
    for (int i = 0; i < a.length; i++) {
      if (a[i].length != i) {
        throw new IllegalArgumentException(
            "Row " + i + " of an explicit tableau has " + i + " entries, found " + a[i].length);
      }
      requireSum("Row " + i, a[i], c[i]);
    }
    requireSum("The list of weights", b, 1.0);
  }

  /** Number of stages s. */
  public int stages() {
    return b.length;
  }

  /** Entries left of the diagonal in row {@code stage}, 0-based; a copy. */
  public double[] row(int stage) {
    return a[stage].clone();
  }

  /** The weights of the step, one for each stage; a copy. */
  public double[] weights() {
    return b.clone();
  }

  /** Node of a stage, 0-based: its time is {@code t + node * h}. */
  public double node(int stage) {
    return c[stage];
  }

  private static void requireSum(String what, double[] entries, double expected) {
    double sum = Arrays.stream(entries).sum();
    if (Math.abs(sum - expected) > ROUNDING) {
      throw new IllegalArgumentException(what + " sums to " + sum + ", expected " + expected + ".");
    }
  }
}
