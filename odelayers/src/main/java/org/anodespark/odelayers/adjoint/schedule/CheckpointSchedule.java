/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

/**
 * Decides which states of a chain of steps are kept, so that the steps can be differentiated from
 * the last to the first with few kept states. State n is the one before step n, counted from 0. A
 * schedule knows step numbers only; one object serves one solve and remembers what it decided.
 *
 * <p>State 0 is kept from the start and counts as one of the kept states. A new schedule stands in
 * the forward sweep, which starts at state 0; every later sweep is announced by {@link #restart}.
 * When a step has been differentiated, its state is released if it was kept; the schedule sees that
 * from the next sweep and is not told.
 *
 * <p>The state that a sweep ends at is at hand and needs no place among the kept ones; at the end
 * of the forward sweep over N steps that is state N - 1.
 */
public interface CheckpointSchedule {
  /**
   * Decides about the state that the sweep has reached. Every state after the sweep's first is
   * offered, in order, in the forward sweep each one before its step is taken.
   *
   * @param state the state reached, one more than the one before it in this sweep
   * @throws IllegalArgumentException if another state is due, or none because the sweep has ended
   */
  Decision reach(int state);

  /**
   * Starts a sweep of the backward pass, after which step {@code target} is differentiated. The
   * steps after {@code target} have been differentiated and their states released.
   *
   * @param from the last kept state that is not after {@code target}
   * @param target the state needed, not before {@code from}
   * @throws IllegalArgumentException if {@code from} is not that state or is after {@code target}
   */
  void restart(int from, int target);
}
