/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import java.util.Arrays;

/** The times between which steps are taken, forwards or backwards; immutable. */
public final class TimeGrid implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] times;

  private TimeGrid(double[] times) {
    this.times = times;
  }

  /**
   * Equal steps; point i is {@code start + i * (end - start) / steps} and the last one exactly
   * {@code end}.
   *
   * @param start time of the initial state
   * @param end time of the final state, not {@code start}
   * @param steps number of steps, at least 1
   * @throws IllegalArgumentException if a time is not finite, the times are equal or there is no
   *     step
   */
  public static TimeGrid equalSteps(double start, double end, int steps) {
    requireInterval(start, end);
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + ", expected at least 1.");
    }
    double[] times = new double[steps + 1];
    for (int i = 0; i < steps; i++) {
      times[i] = start + i * (end - start) / steps;
    }
    times[steps] = end;
    return new TimeGrid(times);
  }

  /**
   * Given times.
   *
   * @param times at least two, each finite, all rising or all falling
   * @throws IllegalArgumentException if they are not
   */
  public static TimeGrid of(double... times) {
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "A time grid of " + times.length + " times has no step; expected at least 2 times.");
    }
    double direction = Math.signum(times[1] - times[0]);
    for (int i = 1; i < times.length; i++) {
      requireInterval(times[i - 1], times[i]);
      if (Math.signum(times[i] - times[i - 1]) != direction) {
        throw new IllegalArgumentException(
            "The times "
                + Arrays.toString(times)
                + " turn back at "
                + times[i]
                + "; expected all rising or all falling.");
      }
    }
    return new TimeGrid(times.clone());
  }

  static void requireInterval(double start, double end) {
    if (!Double.isFinite(start) || !Double.isFinite(end) || start == end) {
      throw new IllegalArgumentException(
          "The interval from t = " + start + " to t = " + end + " is not finite or is empty.");
    }
  }

  /** Number of steps. */
  public int steps() {
    return times.length - 1;
  }

  /** Time of the initial state. */
  public double start() {
    return times[0];
  }

  /** Time of the final state. */
  public double end() {
    return times[times.length - 1];
  }

  /**
   * Step {@code index}.
   *
   * @param index 0 to {@code steps() - 1}
   */
  public Step step(int index) {
    return new Step(index, times[index], times[index + 1]);
  }

  /** The same times from the last to the first. */
  public TimeGrid reversed() {
    double[] reversed = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      reversed[i] = times[times.length - 1 - i];
    }
    return new TimeGrid(reversed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeGrid that && Arrays.equals(times, that.times);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(times);
  }

  @Override
  public String toString() {
    return "TimeGrid" + Arrays.toString(times);
  }
}
