/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.util.Arrays;
import org.anodespark.odelayers.solver.rungekutta.StabilityPolynomial;

/**
 * The coefficients of a stochastic Runge-Kutta method for {@code du = f(t, u) dt + g(t, u) dW} with
 * diagonal noise in the sense of Ito; immutable. With a step of length h, {@code chi1 = (dW^2 - h)
 * / (2 sqrt(h))}, {@code chi2 = (dW + dZ / sqrt(3)) / 2} and {@code chi3 = (dW^3 - 3 h dW) / (6
 * h)}, entry by entry, stage i is
 *
 * <pre>
 * k_i = f(t + c0_i h, u + h sum a0_ij k_j + chi2 sum b0_ij g_j)
 * g_i = g(t + c1_i h, u + h sum a1_ij k_j + sqrt(h) sum b1_ij g_j)     sums over j &lt; i
 * </pre>
 *
 * and the state after the step
 *
 * <pre>
 * u + h sum alpha_i k_i + dW sum beta1_i g_i + chi1 sum beta2_i g_i + chi2 sum beta3_i g_i
 *   + chi3 sum beta4_i g_i
 * </pre>
 *
 * <p>This is the form of Roessler, "Runge-Kutta methods for the strong approximation of solutions
 * of stochastic differential equations", SIAM Journal on Numerical Analysis 48(3), 2010. The nodes
 * c0 and c1 are the row sums of a0 and a1. A tableau proves the strong order that it claims by that
 * paper's conditions, and a refusal names the first one that fails.
 */
final class StochasticTableau {
  /** Kinds of noise that the result is made of: dW, chi1, chi2, chi3. */
  static final int NOISES = 4;

  /** The kind of noise that arguments of f are made of. */
  static final int INTEGRAL = 2;

  private final double strongOrder;
  private final double[][] a0;
  private final double[][] a1;
  private final double[][] b0;
  private final double[][] b1;
  private final double[] alpha;
  private final double[][] beta;

  /**
   * Row i of a0, a1, b0 and b1 has i numbers, 0-based.
   *
   * @param strongOrder 0.5, 1 or 1.5, which is proven
   * @param alpha one number for each stage
   * @param beta four rows of as many numbers: of dW, chi1, chi2 and chi3
   * @throws IllegalArgumentException if the method has not the order claimed
   */
  StochasticTableau(
      double strongOrder,
      double[][] a0,
      double[][] a1,
      double[][] b0,
      double[][] b1,
      double[] alpha,
      double[][] beta) {
    this.strongOrder = strongOrder;
    this.a0 = square(a0);
    this.a1 = square(a1);
    this.b0 = square(b0);
    this.b1 = square(b1);
    this.alpha = alpha.clone();
    this.beta = new double[NOISES][];
    for (int noise = 0; noise < NOISES; noise++) {
      this.beta[noise] = Arrays.copyOf(beta[noise], alpha.length);
    }
    new StrongOrderConditions(this.a0, this.a1, this.b0, this.b1, this.alpha, this.beta)
        .require(strongOrder);
  }

  private static double[][] square(double[][] rows) {
    double[][] square = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      square[i] = Arrays.copyOf(rows[i], rows.length);
    }
    return square;
  }

  double strongOrder() {
    return strongOrder;
  }

  int stages() {
    return alpha.length;
  }

  double a0(int stage, int j) {
    return a0[stage][j];
  }

  double a1(int stage, int j) {
    return a1[stage][j];
  }

  double b0(int stage, int j) {
    return b0[stage][j];
  }

  double b1(int stage, int j) {
    return b1[stage][j];
  }

  double alpha(int stage) {
    return alpha[stage];
  }

  double beta(int noise, int stage) {
    return beta[noise][stage];
  }

  /** Node of f in a stage. */
  double c0(int stage) {
    return Arrays.stream(a0[stage]).sum();
  }

  /** Node of g in a stage. */
  double c1(int stage) {
    return Arrays.stream(a1[stage]).sum();
  }

  /** Whether anything reads f in a stage. */
  boolean usesDrift(int stage) {
    return alpha[stage] != 0 || isRead(stage, a0) || isRead(stage, a1);
  }

  /** Whether anything reads g in a stage. */
  boolean usesDiffusion(int stage) {
    boolean used = isRead(stage, b0) || isRead(stage, b1);
    for (double[] weights : beta) {
      used |= weights[stage] != 0;
    }
    return used;
  }

  private static boolean isRead(int stage, double[][] matrix) {
    return Arrays.stream(matrix).anyMatch(row -> row[stage] != 0);
  }

  /** Whether anything is multiplied by a kind of noise. */
  boolean usesNoise(int noise) {
    return isNotZero(beta[noise])
        || (noise == INTEGRAL && Arrays.stream(b0).anyMatch(StochasticTableau::isNotZero));
  }

  /** Whether a row of b0 has an entry that is not 0. */
  boolean usesNoiseInDrift(int stage) {
    return isNotZero(b0[stage]);
  }

  private static boolean isNotZero(double[] row) {
    return Arrays.stream(row).anyMatch(value -> value != 0);
  }

  /** Evaluations of f in a step. */
  int driftEvaluations() {
    int count = 0;
    for (int stage = 0; stage < stages(); stage++) {
      count += usesDrift(stage) ? 1 : 0;
    }
    return count;
  }

  /** Evaluations of g in a step. */
  int diffusionEvaluations() {
    int count = 0;
    for (int stage = 0; stage < stages(); stage++) {
      count += usesDiffusion(stage) ? 1 : 0;
    }
    return count;
  }

  /** Order of the method for g = 0, up to 2. */
  int orderWithoutNoise() {
    double sum = 0;
    for (int stage = 0; stage < stages(); stage++) {
      sum += alpha[stage] * c0(stage);
    }
    return Math.abs(sum - 0.5) < StrongOrderConditions.ROUNDING ? 2 : 1;
  }

  /** Whether the noises of the step's integrals give an estimate of its error. */
  boolean estimatesError() {
    return isNotZero(beta[INTEGRAL]) && isNotZero(beta[INTEGRAL + 1]);
  }

  /** Whether the last two drifts belong to the end of the step. */
  boolean estimatesStiffness() {
    int last = stages() - 1;
    return last >= 2
        && usesDrift(last)
        && usesDrift(last - 1)
        && Math.abs(c0(last) - 1) < StrongOrderConditions.ROUNDING
        && Math.abs(c0(last - 1) - 1) < StrongOrderConditions.ROUNDING;
  }

  /** The end of the real interval of stability for g = 0. */
  double stabilityRadiusWithoutNoise() {
    return new StabilityPolynomial(a0, alpha).radius();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StochasticTableau that
        && Arrays.deepEquals(a0, that.a0)
        && Arrays.deepEquals(a1, that.a1)
        && Arrays.deepEquals(b0, that.b0)
        && Arrays.deepEquals(b1, that.b1)
        && Arrays.equals(alpha, that.alpha)
        && Arrays.deepEquals(beta, that.beta);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(alpha) + Arrays.deepHashCode(beta);
  }
}
