/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.schedule.ScheduleType;

class SaturatingScheduleTest extends ScheduleContractTest {
  private static final SaturatingSchedule BY_ITERATION =
      new SaturatingSchedule(ScheduleType.ITERATION, 0.99);

  SaturatingScheduleTest() {
    super(
        BY_ITERATION,
        new SaturatingSchedule(ScheduleType.EPOCH, 0.99),
        new SaturatingSchedule(ScheduleType.ITERATION, 0.9));
  }

  @Test
  void startsAtZero() {
    assertThat(BY_ITERATION.valueAt(0, 999)).isZero();
  }

  @Test
  void comesNearerToOneByTheSameFactorEachTime() {
    assertThat(BY_ITERATION.valueAt(1, 999)).isCloseTo(0.01, within(1e-15));
    assertThat(BY_ITERATION.valueAt(2, 999)).isCloseTo(1 - 0.9801, within(1e-15));
    assertThat(BY_ITERATION.valueAt(2000, 999)).isCloseTo(1, within(1e-8));
  }

  @Test
  void countsEpochsIfToldTo() {
    assertThat(new SaturatingSchedule(ScheduleType.EPOCH, 0.5).valueAt(999, 2)).isEqualTo(0.75);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void refusesFactorsByWhichItWouldNotRiseTowardsOne(double remaining) {
    assertThatThrownBy(() -> new SaturatingSchedule(ScheduleType.EPOCH, remaining))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("remaining is " + remaining + ", expected a number above 0 and below 1");
  }
}
