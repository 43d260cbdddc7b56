/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.Arrays;

/**
 * The weights of a method's dense output (continuous extension): for {@code theta} from 0 to 1 the
 * state at {@code t + theta h} is {@code y + h * sum of b_i(theta) k_i}, with the stages' slopes
 * {@code k_i} of the step and no further evaluation.
 *
 * <p>Each weight is the polynomial {@code b_i(theta) = theta b_i + theta (1 - theta) q_i(theta)}.
 * Every polynomial that is 0 at 0 and {@code b_i} at 1 has this form; in it both end points are
 * exact in floating point too, so the dense output meets the states of the steps bit for bit.
 */
public final class DenseWeights {
  private final int order;
  private final double[] weights;
  private final double[][] corrections;

  private DenseWeights(int order, double[] weights, double[][] corrections) {
    this.order = order;
    this.weights = weights.clone();
    this.corrections = Arrays.stream(corrections).map(double[]::clone).toArray(double[][]::new);
    requireFinite("weight", this.weights);
    Arrays.stream(this.corrections).forEach(row -> requireFinite("coefficient", row));
  }

  private static void requireFinite(String what, double[] entries) {
    for (double entry : entries) {
      if (!Double.isFinite(entry)) {
        throw new IllegalArgumentException(
            "A " + what + " of the dense output is " + entry + ", expected a finite number.");
      }
    }
  }

  /**
   * Dense weights from their corrections to the straight line.
   *
   * @param order the order for every theta; {@link ButcherTableau} proves it
   * @param weights the weights {@code b_i} of the step
   * @param corrections row i holds the coefficients of {@code q_i}, of the power 0 first
   * @throws IllegalArgumentException if there is not one row for each weight, or a number is not
   *     finite
   */
  public static DenseWeights of(int order, double[] weights, double[]... corrections) {
    if (corrections.length != weights.length) {
      throw new IllegalArgumentException(
          "Dense weights of "
              + weights.length
              + " stages need one row of corrections for each, found "
              + corrections.length
              + " rows.");
    }
    return new DenseWeights(order, weights, corrections);
  }

  /**
   * The cubic Hermite polynomial through both ends of a step and their slopes, plus a quartic
   * bubble: {@code b_i(theta) = b_i (3 theta^2 - 2 theta^3) + [i is first] theta (1 - theta)^2 - [i
   * is last] theta^2 (1 - theta) + d_i theta^2 (1 - theta)^2} (Hairer, Norsett and Wanner, 1993,
   * section II.6). For tableaus that are {@linkplain ButcherTableau#firstSameAsLast() first same as
   * last}: their last stage is the slope at the end. The output is continuously differentiable over
   * the steps.
   *
   * @param order the order for every theta; {@link ButcherTableau} proves it
   * @param weights the weights {@code b_i} of the step, at least 2
   * @param bubble the coefficients {@code d_i}, one for each stage, or none for no bubble
   * @throws IllegalArgumentException if there are fewer than 2 weights, or some but not as many
   *     bubble coefficients, or a number is not finite
   */
  public static DenseWeights hermite(int order, double[] weights, double... bubble) {
    int last = weights.length - 1;
    if (last < 1) {
      throw new IllegalArgumentException(
          "A Hermite polynomial needs the slopes of 2 stages, found "
              + weights.length
              + " stages.");
    }
    if (bubble.length != 0 && bubble.length != weights.length) {
      throw new IllegalArgumentException(
          "The bubble needs no coefficient or one for each of "
              + weights.length
              + " stages, found "
              + bubble.length
              + ".");
    }
    double[][] corrections = new double[weights.length][];
    for (int stage = 0; stage <= last; stage++) {
      double atStart = stage == 0 ? 1 : 0;
      double atEnd = stage == last ? 1 : 0;
      double constant = atStart - weights[stage];
      double linear = 2 * weights[stage] - atStart - atEnd;
      corrections[stage] =
          bubble.length == 0
              ? new double[] {constant, linear}
              : new double[] {constant, linear + bubble[stage], -bubble[stage]};
    }
    return new DenseWeights(order, weights, corrections);
  }

  /** The order that the output has for every theta: its error in one step is O(h^(order + 1)). */
  public int order() {
    return order;
  }

  /** Number of stages. */
  public int stages() {
    return weights.length;
  }

  /**
   * The weight of a stage.
   *
   * @param stage the stage, from 0
   * @param theta where in the step: 0 is its start, where every weight is 0, and 1 its end, where
   *     the weights are those of the step; outside of this range the polynomial extrapolates
   * @throws IndexOutOfBoundsException if there is no such stage
   */
  public double weight(int stage, double theta) {
    double correction = 0;
    double[] coefficients = corrections[stage];
    for (int power = coefficients.length - 1; power >= 0; power--) {
      correction = correction * theta + coefficients[power];
    }
    double weight = theta * (weights[stage] + (1 - theta) * correction);
    return weight + 0.0; // the sum makes a negative zero positive
  }

  /** The weights of all stages at {@code theta}; a new array. */
  double[] weights(double theta) {
    double[] result = new double[stages()];
    Arrays.setAll(result, stage -> weight(stage, theta));
    return result;
  }

  /** The degree of the polynomials in theta, at most. */
  int degree() {
    int coefficients = 0;
    for (double[] row : corrections) {
      coefficients = Math.max(coefficients, row.length);
    }
    return coefficients + 1;
  }

  /** Equal order, weights and corrections, bit for bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DenseWeights that
        && order == that.order
        && Arrays.equals(weights, that.weights)
        && Arrays.deepEquals(corrections, that.corrections);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * order + Arrays.hashCode(weights)) + Arrays.deepHashCode(corrections);
  }

  @Override
  public String toString() {
    return "DenseWeights(order="
        + order
        + ", weights="
        + Arrays.toString(weights)
        + ", corrections="
        + Arrays.deepToString(corrections)
        + ")";
  }
}
