/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A share that rises from 0 towards 1: {@code 1 - remaining^i} at iteration or epoch i. The usual
 * weight of a Kullback-Leibler divergence that must not hold the first iterations back.
 */
public final class SaturatingSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final ScheduleType scheduleType;
  private final double remaining;

  /**
   * Makes a schedule.
   *
   * @param scheduleType whether it counts iterations or epochs, both from 0
   * @param remaining by which factor the distance to 1 falls each time, above 0 and below 1
   * @throws IllegalArgumentException when {@code remaining} is out of its range
   */
  public SaturatingSchedule(
      @JsonProperty("scheduleType") ScheduleType scheduleType,
      @JsonProperty("remaining") double remaining) {
    if (!(remaining > 0 && remaining < 1)) {
      throw new IllegalArgumentException(
          "remaining is " + remaining + ", expected a number above 0 and below 1");
    }
    this.scheduleType = Objects.requireNonNull(scheduleType, "scheduleType");
    this.remaining = remaining;
  }

  /** What it counts. */
  public ScheduleType getScheduleType() {
    return scheduleType;
  }

  /** By which factor the distance to 1 falls each time. */
  public double getRemaining() {
    return remaining;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return 1 - Math.pow(remaining, scheduleType == ScheduleType.ITERATION ? iteration : epoch);
  }

  @Override
  public SaturatingSchedule clone() {
    return new SaturatingSchedule(scheduleType, remaining);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SaturatingSchedule that
        && scheduleType == that.scheduleType
        && remaining == that.remaining;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheduleType.name(), remaining);
  }

  @Override
  public String toString() {
    return "SaturatingSchedule(" + scheduleType + ", 1 - " + remaining + "^i)";
  }
}
