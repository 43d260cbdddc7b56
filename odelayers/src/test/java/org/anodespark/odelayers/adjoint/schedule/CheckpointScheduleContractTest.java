/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds for every schedule. */
abstract class CheckpointScheduleContractTest {
  /** A new schedule for a chain of {@code steps} steps, which it may know or not. */
  abstract CheckpointSchedule schedule(int steps, int snapshots);

  @Property(tries = 300)
  void reversesEveryStepOnceFromTheLastToTheFirst(
      @ForAll @IntRange(min = 1, max = 300) int steps,
      @ForAll @IntRange(min = 1, max = 30) int snapshots) {
    assertThat(ChainReversal.of(schedule(steps, snapshots), steps).reversedSteps())
        .isEqualTo(IntStream.range(0, steps).map(step -> steps - 1 - step).boxed().toList());
  }

  @Property(tries = 300)
  void bringsEveryStepToItsOwnState(
      @ForAll @IntRange(min = 1, max = 300) int steps,
      @ForAll @IntRange(min = 1, max = 30) int snapshots) {
    assertThat(ChainReversal.of(schedule(steps, snapshots), steps).recordedStates())
        .isEqualTo(
            LongStream.range(0, steps)
                .map(step -> ChainReversal.state((int) (steps - 1 - step)))
                .boxed()
                .toList());
  }

  @Property(tries = 300)
  void keepsNoMoreStatesThanItMay(
      @ForAll @IntRange(min = 1, max = 300) int steps,
      @ForAll @IntRange(min = 1, max = 30) int snapshots) {
    assertThat(ChainReversal.of(schedule(steps, snapshots), steps).peak())
        .isLessThanOrEqualTo(snapshots);
  }

  @Property(tries = 300)
  void advancesTheBusiestStepAsSeldomAsPossible(
      @ForAll @IntRange(min = 1, max = 2000) int steps,
      @ForAll @IntRange(min = 1, max = 30) int snapshots) {
    assertThat(ScheduleCost.of(schedule(steps, snapshots), steps).repetitions())
        .isEqualTo(BinomialSchedule.repetitions(steps, snapshots));
  }

  @Property(tries = 100)
  void advancesEveryStepButTheLastOnceWithRoomForAllStates(
      @ForAll @IntRange(min = 1, max = 300) int steps,
      @ForAll @IntRange(min = 0, max = 10) int more) {
    int snapshots = Math.max(1, steps - 1 + more);

    assertThat(ScheduleCost.of(schedule(steps, snapshots), steps).advances()).isEqualTo(steps - 1);
  }

  @Property(tries = 100)
  void startsFromTheInitialStateEveryTimeWhenNothingElseIsKept(
      @ForAll @IntRange(min = 1, max = 300) int steps) {
    assertThat(ScheduleCost.of(schedule(steps, 1), steps).advances())
        .isEqualTo(steps * (steps - 1L) / 2);
  }

  @Test
  void reversesAHundredThousandStepsFromFiveStates() {
    ScheduleCost cost = ScheduleCost.of(schedule(100_000, 5), 100_000);

    assertThat(cost.peakSnapshots()).isEqualTo(5);
    assertThat(cost.repetitions()).isEqualTo(BinomialSchedule.repetitions(100_000, 5));
  }

  @Test
  void refusesToKeepNoState() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule(4, 0))
        .withMessage("snapshots = 0, expected at least 1, for the initial state.");
  }

  @Test
  void refusesAStateOutOfOrder() {
    CheckpointSchedule schedule = schedule(8, 2);
    schedule.reach(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.reach(3))
        .withMessageContaining("State 3 was offered after state 1, expected state 2");
  }

  @Test
  void refusesToSweepFromAStateThatIsNotKept() {
    CheckpointSchedule schedule = afterForwardSweep(8, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.restart(3, 6))
        .withMessageContaining("starts from state 3")
        .withMessageContaining("expected the last kept state before its end, 0");
  }

  @Test
  void refusesToSweepBackwards() {
    CheckpointSchedule schedule = afterForwardSweep(8, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.restart(3, 2))
        .withMessageContaining("from state 3 to state 2");
  }

  @Test
  void refusesAStateAfterTheEndOfTheSweep() {
    CheckpointSchedule schedule = afterForwardSweep(8, 1);
    schedule.restart(0, 1);
    schedule.reach(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.reach(2))
        .withMessageContaining("State 2 was offered in a sweep that ends at state 1");
  }

  private CheckpointSchedule afterForwardSweep(int steps, int snapshots) {
    CheckpointSchedule schedule = schedule(steps, snapshots);
    for (int state = 1; state < steps; state++) {
      schedule.reach(state);
    }
    return schedule;
  }
}
