/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A value that falls on a straight line from {@code initialValue} at iteration 0 to 0 at iteration
 * {@code iterations}: initialValue * (1 - iteration / iterations). At the last iteration of a run
 * of that length, which is iterations - 1, it is still positive.
 *
 * <p>ND4J's {@code PolySchedule} is meant for this, but in 1.0.0-M2.1 it rises: it computes (1 +
 * iteration / maxIter)^power.
 */
public final class LinearSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double initialValue;
  private final int iterations;

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
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations is " + iterations + ", expected at least 1");
    }
    this.initialValue = initialValue;
    this.iterations = iterations;
  }

  /** The value at iteration 0. */
  public double getInitialValue() {
    return initialValue;
  }

  /** Where the value is 0. */
  public int getIterations() {
    return iterations;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return initialValue * (Math.max(0, iterations - iteration) / (double) iterations);
  }

  @Override
  public LinearSchedule clone() {
    return new LinearSchedule(initialValue, iterations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearSchedule that
        && Double.compare(initialValue, that.initialValue) == 0
        && iterations == that.iterations;
  }

  @Override
  public int hashCode() {
    return Objects.hash(initialValue, iterations);
  }

  @Override
  public String toString() {
    return "LinearSchedule(initialValue=" + initialValue + ", iterations=" + iterations + ")";
  }
}
