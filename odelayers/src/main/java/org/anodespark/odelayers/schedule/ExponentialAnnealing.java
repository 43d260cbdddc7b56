/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A value that goes from {@code initialValue} to {@code finalValue} by equal factors, and stays
 * there: {@code initialValue * (finalValue / initialValue)^(i / length)} at iteration or epoch i.
 *
 * <p>ND4J's {@code ExponentialSchedule} is the same curve, given by its factor and without an end.
 */
public final class ExponentialAnnealing implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final ScheduleType scheduleType;
  private final double initialValue;
  private final double finalValue;
  private final int length;

  /**
   * Makes a schedule.
   *
   * @param scheduleType whether it counts iterations or epochs, both from 0
   * @param initialValue the value at 0, positive
   * @param finalValue the value from {@code length} on, positive
   * @param length at least 1
   * @throws IllegalArgumentException when a value is out of its range
   */
  public ExponentialAnnealing(
      @JsonProperty("scheduleType") ScheduleType scheduleType,
      @JsonProperty("initialValue") double initialValue,
      @JsonProperty("finalValue") double finalValue,
      @JsonProperty("length") int length) {
    this.scheduleType = Objects.requireNonNull(scheduleType, "scheduleType");
    this.initialValue = requirePositive("initialValue", initialValue);
    this.finalValue = requirePositive("finalValue", finalValue);
    if (length < 1) {
      throw new IllegalArgumentException("length is " + length + ", expected at least 1");
    }
    this.length = length;
  }

  private static double requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " is " + value + ", expected a positive number");
    }
    return value;
  }

  /** What it counts. */
  public ScheduleType getScheduleType() {
    return scheduleType;
  }

  /** The value at 0. */
  public double getInitialValue() {
    return initialValue;
  }

  /** The value at the end. */
  public double getFinalValue() {
    return finalValue;
  }

  /** Where the end is. */
  public int getLength() {
    return length;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    int i = scheduleType == ScheduleType.ITERATION ? iteration : epoch;
    return i >= length
        ? finalValue
        : initialValue * Math.pow(finalValue / initialValue, i / (double) length);
  }

  @Override
  public ExponentialAnnealing clone() {
    return new ExponentialAnnealing(scheduleType, initialValue, finalValue, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExponentialAnnealing that
        && scheduleType == that.scheduleType
        && initialValue == that.initialValue
        && finalValue == that.finalValue
        && length == that.length;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheduleType.name(), initialValue, finalValue, length);
  }

  @Override
  public String toString() {
    return "ExponentialAnnealing("
        + scheduleType
        + ", "
        + initialValue
        + " to "
        + finalValue
        + " over "
        + length
        + ")";
  }
}
