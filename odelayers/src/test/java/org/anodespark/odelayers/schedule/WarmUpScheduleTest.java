/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class WarmUpScheduleTest extends ScheduleContractTest {
  WarmUpScheduleTest() {
    super(
        new WarmUpSchedule(30, new CosineSchedule(0.05, 270)),
        new WarmUpSchedule(31, new CosineSchedule(0.05, 270)),
        new WarmUpSchedule(30, new CosineSchedule(0.05, 271)),
        new CosineSchedule(0.05, 270));
  }

  @Test
  void risesOnAStraightLineAndFollowsTheOtherScheduleFromItsBeginning() {
    WarmUpSchedule schedule = new WarmUpSchedule(3, new LinearSchedule(0.8, 4));

    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.2);
    assertThat(schedule.valueAt(1, 0)).isEqualTo(0.4);
    assertThat(schedule.valueAt(2, 0)).isEqualTo(0.6, within(1e-15));
    assertThat(schedule.valueAt(3, 0)).isEqualTo(0.8);
    assertThat(schedule.valueAt(5, 0)).isEqualTo(0.4);
    assertThat(schedule.valueAt(7, 0)).isZero();
  }

  @Test
  void endsAtAConstantValue() {
    WarmUpSchedule schedule = new WarmUpSchedule(1, new FixedSchedule(0.5));

    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.25);
    assertThat(schedule.valueAt(1, 0)).isEqualTo(0.5);
    assertThat(schedule.valueAt(1_000_000, 0)).isEqualTo(0.5);
  }

  @Test
  void aCloneSharesNothing() {
    ISchedule following = new LinearSchedule(0.8, 4);

    assertThat(new WarmUpSchedule(3, following).clone().getFollowing())
        .isEqualTo(following)
        .isNotSameAs(following);
  }

  @Test
  void needsAnIteration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WarmUpSchedule(0, new FixedSchedule(0.5)))
        .withMessage("iterations is 0, expected at least 1");
  }
}
