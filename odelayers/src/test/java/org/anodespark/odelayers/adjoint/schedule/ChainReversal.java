/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reverses a chain of steps on states that are numbers, with nothing but what a schedule lets it
 * keep, and checks that no state is used that is not there.
 */
final class ChainReversal {
  private final CheckpointSchedule schedule;
  private final int steps;
  private final TreeMap<Integer, Long> kept = new TreeMap<>();
  private final List<Integer> reversedSteps = new ArrayList<>();
  private final List<Long> recordedStates = new ArrayList<>();
  private int peak;

  private ChainReversal(CheckpointSchedule schedule, int steps) {
    this.schedule = schedule;
    this.steps = steps;
  }

  static ChainReversal of(CheckpointSchedule schedule, int steps) {
    ChainReversal reversal = new ChainReversal(schedule, steps);
    reversal.goBack(reversal.goForward());
    return reversal;
  }

  /** The steps in the order in which they were differentiated. */
  List<Integer> reversedSteps() {
    return reversedSteps;
  }

  /** The states that they were recorded from. */
  List<Long> recordedStates() {
    return recordedStates;
  }

  /** Most states kept at once. */
  int peak() {
    return peak;
  }

  /** State {@code index} of the chain. */
  static long state(int index) {
    long state = 1;
    for (int step = 0; step < index; step++) {
      state = advance(state, step);
    }
    return state;
  }

  private static long advance(long state, int step) {
    return 31 * state + step;
  }

  private long goForward() {
    keep(0, 1);
    long state = 1;
    for (int step = 0; step < steps - 1; step++) {
      state = advance(state, step);
      carryOut(schedule.reach(step + 1), step + 1, state);
    }
    return state;
  }

  private void goBack(long stateAtHand) {
    for (int step = steps - 1; step >= 0; step--) {
      long state = step == steps - 1 ? stateAtHand : stateBefore(step);
      reversedSteps.add(step);
      recordedStates.add(state);
      kept.remove(step);
    }
  }

  private long stateBefore(int step) {
    int from = kept.lastKey();
    assertThat(from).isLessThanOrEqualTo(step);
    long state = kept.get(from);
    if (from < step) {
      schedule.restart(from, step);
      for (int next = from + 1; next <= step; next++) {
        state = advance(state, next - 1);
        carryOut(schedule.reach(next), next, state);
      }
    }
    return state;
  }

  private void carryOut(Decision decision, int index, long state) {
    if (decision.drop() != Decision.NONE) {
      assertThat(decision.keep()).isTrue();
      assertThat(kept.remove(decision.drop())).isNotNull();
    }
    if (decision.keep()) {
      keep(index, state);
    }
  }

  private void keep(int index, long state) {
    assertThat(kept.put(index, state)).isNull();
    peak = Math.max(peak, kept.size());
  }
}
