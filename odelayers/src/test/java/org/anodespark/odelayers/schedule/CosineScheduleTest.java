/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;

class CosineScheduleTest extends FallingScheduleContractTest {
  CosineScheduleTest() {
    super(
        new CosineSchedule(0.05, 300),
        new CosineSchedule(0.05, 301),
        new CosineSchedule(0.06, 300),
        new LinearSchedule(0.05, 300));
  }

  @Override
  ISchedule schedule(double initialValue, int iterations) {
    return new CosineSchedule(initialValue, iterations);
  }

  @Test
  void fallsOnHalfAPeriodOfTheCosine() {
    CosineSchedule schedule = new CosineSchedule(0.8, 6);

    // cosines of 30, 60, 90, 120 and 150 degrees
    assertThat(schedule.valueAt(1, 0)).isEqualTo(0.4 * (1 + Math.sqrt(3) / 2), within(1e-15));
    assertThat(schedule.valueAt(2, 0)).isEqualTo(0.6, within(1e-15));
    assertThat(schedule.valueAt(3, 0)).isEqualTo(0.4, within(1e-15));
    assertThat(schedule.valueAt(4, 9)).isEqualTo(0.2, within(1e-15));
    assertThat(schedule.valueAt(5, 9)).isEqualTo(0.4 * (1 - Math.sqrt(3) / 2), within(1e-15));
  }

  @Test
  void isAccurateAtTheEndOfALongRun() {
    int iterations = 1_000_000_000;

    // sin(x) is x to 1e-18 here
    double root = Math.PI / 2 / iterations;
    assertThat(new CosineSchedule(1, iterations).valueAt(iterations - 1, 0))
        .isEqualTo(root * root, within(1e-30));
  }
}
