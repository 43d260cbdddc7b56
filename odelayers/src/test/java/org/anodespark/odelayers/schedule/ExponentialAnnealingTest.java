/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class ExponentialAnnealingTest extends ScheduleContractTest {
  ExponentialAnnealingTest() {
    super(
        BY_EPOCH,
        new ExponentialAnnealing(ScheduleType.ITERATION, 100, 10, 75),
        new ExponentialAnnealing(ScheduleType.EPOCH, 101, 10, 75),
        new ExponentialAnnealing(ScheduleType.EPOCH, 100, 11, 75),
        new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 76));
  }

  private static final ExponentialAnnealing BY_EPOCH =
      new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 75);

  /** The published formula: 100 exp(-t ln(100 / 10) / 75). */
  @Test
  void goesFromOneValueToTheOtherByEqualFactors() {
    assertThat(BY_EPOCH.valueAt(999, 0)).isEqualTo(100);
    assertThat(BY_EPOCH.valueAt(999, 30))
        .isCloseTo(100 * Math.exp(-30 * Math.log(10) / 75), within(1e-12));
    assertThat(BY_EPOCH.valueAt(999, 75)).isEqualTo(10);
  }

  @Test
  void staysAtTheFinalValue() {
    assertThat(BY_EPOCH.valueAt(0, 1000)).isEqualTo(10);
  }

  @Test
  void countsIterationsIfToldTo() {
    ISchedule rising = new ExponentialAnnealing(ScheduleType.ITERATION, 1, 4, 2);
    assertThat(rising.valueAt(1, 999)).isCloseTo(2, within(1e-15));
  }

  @Test
  void refusesValuesThatNoFactorConnects() {
    assertThatThrownBy(() -> new ExponentialAnnealing(ScheduleType.EPOCH, 1, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("finalValue is 0.0, expected a positive number");
  }
}
