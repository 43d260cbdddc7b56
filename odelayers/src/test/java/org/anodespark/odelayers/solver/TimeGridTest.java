/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimeGridTest {
  @Test
  void endsExactlyAtItsEndForAnyNumberOfSteps() {
    for (int steps = 1; steps <= 1000; steps++) {
      assertThat(new TimeGrid(0.1, 0.7, steps).time(steps)).isEqualTo(0.7);
    }
  }

  @Test
  void stepsBackwardsInTime() {
    assertThat(new TimeGrid(1, 0, 4).length(2)).isEqualTo(-0.25);
  }

  @Test
  void refusesAnEmptyInterval() {
    assertThatThrownBy(() -> new TimeGrid(1, 1, 4)).hasMessageContaining("from t = 1.0 to t = 1.0");
  }

  @Test
  void refusesATimeThatIsNotFinite() {
    assertThatThrownBy(() -> new TimeGrid(0, Double.NaN, 4)).hasMessageContaining("not finite");
  }

  @Test
  void refusesZeroSteps() {
    assertThatThrownBy(() -> new TimeGrid(0, 1, 0)).hasMessage("steps = 0, expected at least 1.");
  }
}
