/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

/**
 * The schedule with the fewest advances for a known number of steps: binomial checkpointing, called
 * revolve (A. Griewank and A. Walther, "Algorithm 799: Revolve: an implementation of checkpointing
 * for the reverse or adjoint mode of computational differentiation", ACM Transactions on
 * Mathematical Software 26(1), 2000, pages 19-45).
 *
 * <p>With k kept states, N steps need t(N, k) = min over i of i + t(i, k) + t(N - i, k - 1)
 * advances, first sweep included: N - 1 if k is at least N - 1, N (N - 1) / 2 for k = 1. The N
 * steps that are recorded to be differentiated come on top.
 */
public final class BinomialSchedule implements CheckpointSchedule {
  private final BinomialSweeps sweeps;

  /**
   * Makes the schedule of one solve.
   *
   * @param steps N, at least 1
   * @param snapshots k, the most states kept at once, the initial one included; at least 1
   * @throws IllegalArgumentException if a number is below 1
   */
  public BinomialSchedule(int steps, int snapshots) {
    check(steps, snapshots);
    sweeps = new BinomialSweeps(snapshots);
    sweeps.restart(0, steps - 1);
  }

  /**
   * The advances t(N, k) of this schedule, first sweep up to state N - 1 included: r N - C(k + r, r
   * - 1), with r of {@link #repetitions}.
   *
   * @param steps N, at least 1
   * @param snapshots k, at least 1
   * @throws IllegalArgumentException if a number is below 1
   */
  public static long advances(int steps, int snapshots) {
    check(steps, snapshots);
    return new OptimalReversal(steps, snapshots).advances();
  }

  /**
   * The repetition number: the least r with N at most C(k + r, k). Some step is advanced r times
   * and none more often; no schedule does with less.
   *
   * @param steps N, at least 1
   * @param snapshots k, at least 1
   * @throws IllegalArgumentException if a number is below 1
   */
  public static int repetitions(int steps, int snapshots) {
    check(steps, snapshots);
    return new OptimalReversal(steps, snapshots).repetitions();
  }

  @Override
  public Decision reach(int state) {
    return sweeps.reach(state);
  }

  @Override
  public void restart(int from, int target) {
    sweeps.restart(from, target);
  }

  private static void check(int steps, int snapshots) {
    Checks.steps(steps);
    Checks.snapshots(snapshots);
  }
}
