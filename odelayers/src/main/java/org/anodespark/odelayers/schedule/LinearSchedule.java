/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A value that falls on a straight line from {@code initialValue} at iteration 0 to 0 at iteration
 * {@code iterations}: initialValue * (1 - iteration / iterations).
 *
 * <p>ND4J's {@code PolySchedule} is meant for this, but in 1.0.0-M2.1 it rises: it computes (1 +
 * iteration / maxIter)^power.
 */
public final class LinearSchedule extends FallingSchedule {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a schedule.
   *
   * @param initialValue the value at iteration 0
   * @param iterations where the value is 0, at least 1
   * @throws IllegalArgumentException when {@code iterations} is below 1
   */
  public LinearSchedule(
      @JsonProperty("initialValue") double initialValue,
      @JsonProperty("iterations") int iterations) {
    super(initialValue, iterations);
  }

  @Override
  double share(double remaining) {
    return remaining;
  }

  @Override
  public LinearSchedule clone() {
    return new LinearSchedule(getInitialValue(), getIterations());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearSchedule that && hasNumbersOf(that);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
