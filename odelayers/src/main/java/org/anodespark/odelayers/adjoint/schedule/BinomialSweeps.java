/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sweeps of known length between kept states, the last of which is the start of the current sweep
 * or was kept in it. Each sweep places its states as {@link OptimalReversal} says for the slots
 * that are free when it starts.
 */
final class BinomialSweeps {
  private final int snapshots;
  private final Deque<Integer> kept = new ArrayDeque<>();
  private int reached;
  private int target;
  private int nextKept;

  /** Takes the number of slots, at least 1; state 0 has the first. */
  BinomialSweeps(int snapshots) {
    this.snapshots = snapshots;
    kept.push(0);
  }

  /** Adds a state after all others, into a free slot. */
  void keep(int state) {
    kept.push(state);
  }

  /** See {@link CheckpointSchedule#restart}. */
  void restart(int from, int target) {
    if (from < 0 || from > target) {
      throw new IllegalArgumentException(
          "The sweep from state "
              + from
              + " to state "
              + target
              + " is backwards or starts before state 0; expected 0 <= from <= target.");
    }
    while (kept.peek() > target) {
      kept.pop();
    }
    if (kept.peek() != from) {
      throw new IllegalArgumentException(
          "The sweep to state "
              + target
              + " starts from state "
              + from
              + ", expected the last kept state before its end, "
              + kept.peek()
              + ".");
    }
    this.target = target;
    reached = from;
    nextKept = placeAfter(from);
  }

  /** See {@link CheckpointSchedule#reach}. */
  Decision reach(int state) {
    Checks.nextState(state, reached);
    if (state > target) {
      throw new IllegalArgumentException(
          "State "
              + state
              + " was offered in a sweep that ends at state "
              + target
              + "; start another sweep.");
    }
    reached = state;
    if (state != nextKept) {
      return Decision.PASS;
    }
    kept.push(state);
    nextKept = placeAfter(state);
    return Decision.KEEP;
  }

  /** The next state to keep after a kept one, {@link Decision#NONE} if the sweep keeps no more. */
  private int placeAfter(int state) {
    int steps = target - state + 1;
    if (steps < 2) {
      return Decision.NONE;
    }
    int slots = snapshots - kept.size() + 1;
    int next = state + new OptimalReversal(steps, slots).firstAdvance();
    return next == target ? Decision.NONE : next;
  }
}
