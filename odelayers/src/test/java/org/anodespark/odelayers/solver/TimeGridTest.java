/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimeGridTest {
  @Test
  void endsExactlyAtItsEndForAnyNumberOfSteps() {
    for (int steps = 1; steps <= 1000; steps++) {
      assertThat(TimeGrid.equalSteps(0.1, 0.7, steps).end()).isEqualTo(0.7);
    }
  }

  @Test
  void stepsBackwardsInTime() {
    assertThat(TimeGrid.equalSteps(1, 0, 4).step(2).length()).isEqualTo(-0.25);
  }

  @Test
  void refusesAnEmptyInterval() {
    assertThatThrownBy(() -> TimeGrid.equalSteps(1, 1, 4))
        .hasMessageContaining("from t = 1.0 to t = 1.0");
  }

  @Test
  void refusesATimeThatIsNotFinite() {
    assertThatThrownBy(() -> TimeGrid.equalSteps(0, Double.NaN, 4))
        .hasMessageContaining("not finite");
  }

  @Test
  void refusesZeroSteps() {
    assertThatThrownBy(() -> TimeGrid.equalSteps(0, 1, 0))
        .hasMessage("steps = 0, expected at least 1.");
  }

  @Test
  void keepsTimesOfAnyDistance() {
    TimeGrid grid = TimeGrid.of(0, 0.1, 0.5, 2);
    assertThat(grid.steps()).isEqualTo(3);
    assertThat(grid.step(1)).isEqualTo(new Step(1, 0.1, 0.5));
    assertThat(grid.reversed()).isEqualTo(TimeGrid.of(2, 0.5, 0.1, 0));
  }

  @Test
  void refusesTimesThatTurnBack() {
    assertThatThrownBy(() -> TimeGrid.of(0, 1, 0.5)).hasMessageContaining("turn back at 0.5");
  }

  @Test
  void refusesASingleTime() {
    assertThatThrownBy(() -> TimeGrid.of(0)).hasMessageContaining("expected at least 2 times");
  }
}
