/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A value that falls on half a period of the cosine from {@code initialValue} at iteration 0 to 0
 * at iteration {@code iterations}: initialValue * (1 + cos(pi * iteration / iterations)) / 2. It
 * stays high for longer than on a straight line, and low for longer.
 *
 * <p>Source: I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
 * ICLR 2017, equation 5, without restarts.
 */
public final class CosineSchedule extends FallingSchedule {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a schedule.
   *
   * @param initialValue the value at iteration 0
   * @param iterations where the value is 0, at least 1
   * @throws IllegalArgumentException when {@code iterations} is below 1
   */
  public CosineSchedule(
      @JsonProperty("initialValue") double initialValue,
      @JsonProperty("iterations") int iterations) {
    super(initialValue, iterations);
  }

  @Override
  double share(double remaining) {
    // (1 + cos x) / 2 as a square, which does not cancel near the end of long runs
    double root = Math.sin(Math.PI / 2 * remaining);
    return root * root;
  }

  @Override
  public CosineSchedule clone() {
    return new CosineSchedule(getInitialValue(), getIterations());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CosineSchedule that && hasNumbersOf(that);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
