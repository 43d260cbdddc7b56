/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;

/** What holds for every schedule that falls to 0 over a run. */
abstract class FallingScheduleContractTest extends ScheduleContractTest {
  FallingScheduleContractTest(ISchedule schedule, ISchedule... others) {
    super(schedule, others);
  }

  /** The schedule under test. */
  abstract ISchedule schedule(double initialValue, int iterations);

  @Test
  void fallsFromTheInitialValueToZeroAndStaysThere() {
    ISchedule schedule = schedule(0.8, 4);

    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.8);
    assertThat(schedule.valueAt(4, 9)).isZero();
    assertThat(schedule.valueAt(5, 9)).isZero();
  }

  @Property
  void isPositiveAndFallsAtEveryIterationOfTheRun(
      @ForAll @IntRange(min = 2, max = Integer.MAX_VALUE) int iterations,
      @ForAll @IntRange(min = 0, max = 1_000_000) int beforeTheEnd) {
    int iteration = Math.max(1, iterations - 1 - beforeTheEnd);
    ISchedule schedule = schedule(0.05, iterations);

    assertThat(schedule.valueAt(iteration, 0))
        .isPositive()
        .isLessThanOrEqualTo(schedule.valueAt(iteration - 1, 0))
        .isLessThanOrEqualTo(0.05);
  }

  @Test
  void needsAnIteration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule(0.05, 0))
        .withMessage("iterations is 0, expected at least 1");
  }
}
