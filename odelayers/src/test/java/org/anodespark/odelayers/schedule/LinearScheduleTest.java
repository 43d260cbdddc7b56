/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;

class LinearScheduleTest extends FallingScheduleContractTest {
  LinearScheduleTest() {
    super(
        new LinearSchedule(0.05, 300),
        new LinearSchedule(0.05, 301),
        new LinearSchedule(0.06, 300),
        new CosineSchedule(0.05, 300));
  }

  @Override
  ISchedule schedule(double initialValue, int iterations) {
    return new LinearSchedule(initialValue, iterations);
  }

  @Test
  void fallsOnAStraightLine() {
    LinearSchedule schedule = new LinearSchedule(0.8, 4);

    assertThat(schedule.valueAt(1, 0)).isEqualTo(0.6, within(1e-15));
    assertThat(schedule.valueAt(2, 0)).isEqualTo(0.4);
    assertThat(schedule.valueAt(3, 9)).isEqualTo(0.2);
  }
}
