/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.rungekutta.Milstein;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.junit.jupiter.api.Test;

class StochasticProblemTest {
  @Test
  void refusesAdaptiveStepsWithoutAnErrorEstimate() {
    assertThatThrownBy(
            () ->
                StochasticProblem.check(
                    new Milstein(), StochasticSteps.adaptive(1e-2, 1e-2).build()))
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("Milstein gives none")
        .hasMessageContaining("Sosri");
  }

  @Test
  void refusesStrategiesThatSolveAnAdjointEquation() {
    assertThatThrownBy(
            () -> StochasticProblem.check(new Sosri(), new FixedSteps(2), new ReverseTime()))
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("use FullStorage, AnodeCheckpoint or StepCheckpoint");
  }

  @Test
  void leavesToStrategiesWhatTheyNeedOfStepControl() {
    var adaptive = StochasticSteps.adaptive(1e-2, 1e-2).build();
    assertThatThrownBy(() -> StochasticProblem.check(new Sosri(), adaptive, new Revolve(2)))
        .hasMessageContaining("Revolve has to know the number of steps ahead");
    assertThatCode(
            () ->
                StochasticProblem.check(new Sosri(), adaptive, new AnodeCheckpoint(new Revolve(2))))
        .doesNotThrowAnyException();
  }

  @Test
  void takesTheStepsOfAGridForCellsAndPartsOfTheIntervalOtherwise() {
    assertThat(StochasticSteps.cells(new FixedSteps(7), 0, 1).steps()).isEqualTo(7);
    assertThat(StochasticSteps.cells(StochasticSteps.adaptive(1e-2, 1e-2).build(), 0, 1).steps())
        .isEqualTo(32);
  }

  @Test
  void dividesEachStretchBetweenOutputTimesIntoCells() {
    assertThat(StochasticSteps.cells(new FixedSteps(2), 0, 0.5, 2))
        .isEqualTo(TimeGrid.of(0, 0.25, 0.5, 1.25, 2));
    assertThat(
            StochasticSteps.cells(StochasticSteps.adaptive(1e-2, 1e-2).build(), 0, 1, 2, 3).steps())
        .isEqualTo(33);
  }
}
