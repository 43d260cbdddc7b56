/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A value that rises on a straight line to where another schedule starts, and then follows that
 * one. With n iterations of warm-up, iteration i of them has the share (i + 1) / (n + 1) of that
 * schedule's first value, so the first iteration is not lost at 0; iteration n + j has what the
 * other schedule says for its iteration j.
 *
 * <p>ND4J's {@code RampSchedule} multiplies a schedule that already falls, so a training never
 * comes to that schedule's first value; and in 1.0.0-M2.1 a network that has one cannot be saved.
 *
 * <p>Source: P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017,
 * section 2.2.
 */
public final class WarmUpSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final int iterations;
  private final ISchedule following;

  /**
   * Makes a schedule.
   *
   * @param iterations of the warm-up, at least 1
   * @param following what comes after it, by iterations counted from its end
   * @throws IllegalArgumentException when {@code iterations} is below 1
   */
  public WarmUpSchedule(
      @JsonProperty("iterations") int iterations, @JsonProperty("following") ISchedule following) {
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations is " + iterations + ", expected at least 1");
    }
    this.iterations = iterations;
    this.following = Objects.requireNonNull(following, "following");
  }

  /** Length of the warm-up. */
  public int getIterations() {
    return iterations;
  }

  /** What comes after it. */
  public ISchedule getFollowing() {
    return following;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return iteration < iterations
        ? following.valueAt(0, epoch) * ((iteration + 1.0) / (iterations + 1.0))
        : following.valueAt(iteration - iterations, epoch);
  }

  @Override
  public WarmUpSchedule clone() {
    return new WarmUpSchedule(iterations, following.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WarmUpSchedule that
        && iterations == that.iterations
        && following.equals(that.following);
  }

  @Override
  public int hashCode() {
    return Objects.hash(iterations, following);
  }

  @Override
  public String toString() {
    return "WarmUpSchedule(iterations=" + iterations + ", following=" + following + ")";
  }
}
