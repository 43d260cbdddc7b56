/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/**
 * Equal steps from one time to another, forwards or backwards.
 *
 * @param start time of the initial state
 * @param end time of the final state, not {@code start}
 * @param steps number of steps, at least 1
 */
public record TimeGrid(double start, double end, int steps) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a time is not finite, the times are equal or there is no
   *     step
   */
  public TimeGrid {
    if (!Double.isFinite(start) || !Double.isFinite(end) || start == end) {
      throw new IllegalArgumentException(
          "The interval from t = " + start + " to t = " + end + " is not finite or is empty.");
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + ", expected at least 1.");
    }
  }

  /**
   * Time before step {@code index}; for {@code index == steps} exactly {@code end}.
   *
   * @param index 0 to {@code steps}
   */
  public double time(int index) {
    return index == steps ? end : start + index * (end - start) / steps;
  }

  /** Length of step {@code index}, 0-based; negative backwards. */
  public double length(int index) {
    return time(index + 1) - time(index);
  }
}
