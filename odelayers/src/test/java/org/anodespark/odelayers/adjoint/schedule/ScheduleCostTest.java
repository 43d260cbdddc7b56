/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScheduleCostTest {
  /** Keeps 0 and 2 on the way to 4; then goes from 2 to 3 and from 0 to 1. */
  @Test
  void countsTheAdvancesOfBothPasses() {
    assertThat(ScheduleCost.of(new BinomialSchedule(5, 2), 5))
        .isEqualTo(new ScheduleCost(4, 2, 2, 3, 3, 2));
  }

  @Test
  void addsUpBothPasses() {
    assertThat(new ScheduleCost(4, 2, 2, 3, 3, 2).advances()).isEqualTo(6);
  }

  @Test
  void countsOnlyTheInitialStateOfASingleStep() {
    assertThat(ScheduleCost.of(new OnlineSchedule(3), 1))
        .isEqualTo(new ScheduleCost(0, 0, 1, 1, 1, 0));
  }

  @Test
  void needsANewSchedule() {
    OnlineSchedule used = new OnlineSchedule(2);
    ScheduleCost.of(used, 8);

    assertThatIllegalArgumentException().isThrownBy(() -> ScheduleCost.of(used, 8));
  }

  @Test
  void refusesZeroSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleCost.of(new OnlineSchedule(2), 0))
        .withMessage("steps = 0, expected at least 1.");
  }
}
