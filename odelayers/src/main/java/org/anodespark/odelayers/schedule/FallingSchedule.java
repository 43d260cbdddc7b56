/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A value that falls from {@code initialValue} at iteration 0 to 0 at iteration {@code iterations},
 * and stays there. At the last iteration of a run of that length, which is iterations - 1, it is
 * still positive. Subclasses differ in the curve between.
 */
abstract class FallingSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double initialValue;
  private final int iterations;

  FallingSchedule(double initialValue, int iterations) {
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations is " + iterations + ", expected at least 1");
    }
    this.initialValue = initialValue;
    this.iterations = iterations;
  }

  /**
   * The share of the initial value that is left.
   *
   * @param remaining share of the iterations that is still to come, in [0, 1]
   * @return 0 for 0, 1 for 1, more for more
   */
  abstract double share(double remaining);

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
    return initialValue * share(Math.max(0, iterations - iteration) / (double) iterations);
  }

  @Override
  public abstract FallingSchedule clone();

  @Override
  public abstract boolean equals(Object other);

  @Override
  public int hashCode() {
    return Objects.hash(initialValue, iterations);
  }

  /** For {@link #equals}: whether initial value and iterations are the same. */
  final boolean hasNumbersOf(FallingSchedule other) {
    return Double.compare(initialValue, other.initialValue) == 0 && iterations == other.iterations;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName()
        + "(initialValue="
        + initialValue
        + ", iterations="
        + iterations
        + ")";
  }
}
