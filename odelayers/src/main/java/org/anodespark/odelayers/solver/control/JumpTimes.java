/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

/**
 * Leads a solve up to each jump of f and across it: to the last time before the jump, and from
 * there to the first one behind it. So no step but the crossing one, which is too short to matter,
 * sees f on both sides, and the slope that some methods carry from step to step is a new one behind
 * the jump, whichever side f gives at the jump itself.
 */
final class JumpTimes {
  private final double[] inOrder;
  private final double start;
  private final double end;
  private int next;

  /**
   * @param rising the times of the jumps, rising; those outside of the interval do not matter
   * @param start time of the initial state
   * @param end time of the final state
   */
  JumpTimes(double[] rising, double start, double end) {
    this.inOrder = start < end ? rising : reversed(rising);
    this.start = start;
    this.end = end;
  }

  private static double[] reversed(double[] times) {
    double[] reversed = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      reversed[i] = times[times.length - 1 - i];
    }
    return reversed;
  }

  /**
   * Where a step from {@code time} has to end at the latest.
   *
   * @param time not before the time of the last call
   */
  double target(double time) {
    while (next < inOrder.length && isReached(firstBehind(inOrder[next]), time)) {
      next++;
    }
    if (next == inOrder.length || !isReached(inOrder[next], end)) {
      return end;
    }
    double before = lastBefore(inOrder[next]);
    return isReached(before, time) ? firstBehind(inOrder[next]) : before;
  }

  /** The neighbour of a jump on the side of the start; the start itself stays. */
  private double lastBefore(double jump) {
    return Math.nextAfter(jump, start);
  }

  /** The neighbour of a jump on the side of the end; the end itself stays. */
  private double firstBehind(double jump) {
    return Math.nextAfter(jump, end);
  }

  /** Whether a solve that has come to {@code time} has come to {@code goal} or passed it. */
  private boolean isReached(double goal, double time) {
    return start < end ? goal <= time : goal >= time;
  }
}
