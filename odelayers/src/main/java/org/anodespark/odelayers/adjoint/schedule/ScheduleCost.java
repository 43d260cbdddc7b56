/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * What a schedule costs, in steps and states. An advance is a step that is taken without being
 * recorded; the step that leads to the final state is not counted, nor are the N recorded steps.
 *
 * @param forwardAdvances advances of the forward sweep up to state N - 1
 * @param backwardAdvances advances of the backward pass
 * @param peakSnapshots most states kept at once by the schedule, the initial one included
 * @param statesBetween states kept from the forward to the backward pass, state N - 1 among them
 * @param peakStates most states kept while a step is recorded, the one before that step among them
 * @param repetitions most advances of one step in both passes
 */
public record ScheduleCost(
    long forwardAdvances,
    long backwardAdvances,
    int peakSnapshots,
    int statesBetween,
    int peakStates,
    int repetitions) {

  /**
   * Carries a schedule out without any arithmetic on states. State N - 1 is at hand when the
   * backward pass starts.
   *
   * @param schedule a new schedule; it is used up
   * @param steps N, at least 1
   * @throws IllegalArgumentException if {@code steps} is below 1, or if the schedule was made for
   *     fewer steps or is not new
   */
  public static ScheduleCost of(CheckpointSchedule schedule, int steps) {
    Checks.steps(steps);
    Rehearsal rehearsal = new Rehearsal(schedule, steps);
    rehearsal.sweep(0, steps - 1);
    long forward = rehearsal.advances;
    int between = rehearsal.statesToRecord(steps - 1);
    rehearsal.goBack();
    return new ScheduleCost(
        forward,
        rehearsal.advances - forward,
        rehearsal.peakSnapshots,
        between,
        rehearsal.peakStates,
        rehearsal.repetitions);
  }

  /** Advances of both passes. */
  public long advances() {
    return forwardAdvances + backwardAdvances;
  }

  private static final class Rehearsal {
    private final CheckpointSchedule schedule;
    private final int[] advancesOfStep;
    private final List<Integer> kept = new ArrayList<>(List.of(0));
    private long advances;
    private int peakSnapshots = 1;
    private int peakStates;
    private int repetitions;

    Rehearsal(CheckpointSchedule schedule, int steps) {
      this.schedule = schedule;
      advancesOfStep = new int[steps];
    }

    void goBack() {
      for (int step = advancesOfStep.length - 1; step >= 0; step--) {
        boolean atHand = step == advancesOfStep.length - 1;
        if (!atHand && lastKept() < step) {
          int from = lastKept();
          schedule.restart(from, step);
          sweep(from, step);
        }
        peakStates = Math.max(peakStates, statesToRecord(step));
        if (lastKept() == step) {
          kept.remove(kept.size() - 1);
        }
      }
    }

    /** The kept states and the one before the step, kept or at hand. */
    int statesToRecord(int step) {
      return kept.size() + (lastKept() == step ? 0 : 1);
    }

    void sweep(int from, int target) {
      for (int step = from; step < target; step++) {
        advances++;
        repetitions = Math.max(repetitions, ++advancesOfStep[step]);
        carryOut(schedule.reach(step + 1), step + 1);
      }
    }

    private int lastKept() {
      return kept.get(kept.size() - 1);
    }

    private void carryOut(Decision decision, int state) {
      if (decision.drop() != Decision.NONE) {
        kept.remove((Integer) decision.drop());
      }
      if (decision.keep()) {
        kept.add(state);
        peakSnapshots = Math.max(peakSnapshots, kept.size());
      }
    }
  }
}
