/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.dynamics.LinearField;
import org.anodespark.odelayers.solver.InvertibleStepMethodContractTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReversibleHeunTest extends InvertibleStepMethodContractTest {
  ReversibleHeunTest() {
    super(new ReversibleHeun());
  }

  /** Numbers of an independent program. */
  @Test
  void makesTheErrorsOfTheReferenceOnANonAutonomousProblem() {
    assertThat(MeasuredSolve.cosineError(method, 8)).isCloseTo(2.86262e-2, within(1e-7));
    assertThat(MeasuredSolve.cosineError(method, 128)).isCloseTo(1.12463e-4, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void convergesWithOrderTwo(int steps) {
    assertThat(method.order()).isEqualTo(2);
    assertThat(MeasuredSolve.cosineOrder(method, steps)).isCloseTo(2, within(0.2));
  }

  @Test
  void staysBoundedForOscillationsSlowerThanOneRadianAStep() {
    assertThat(oscillation(0.99)).isLessThan(10);
    assertThat(oscillation(1.01)).isGreaterThan(1e6);
  }

  private double oscillation(double omega) {
    return MeasuredSolve.normAfterUnitSteps(
        method, LinearField.rotation(omega), CubicSpiral.state(1, 0), 1000);
  }

  @Test
  void growsWhereTheSolutionDecays() {
    double end =
        MeasuredSolve.normAfterUnitSteps(
            method, GrowthField.constant(-0.1), GrowthField.state(1), 1000);
    assertThat(end).isGreaterThan(1e6);
  }

  @Test
  void equalsAnotherOne() {
    assertThat(new ReversibleHeun())
        .isEqualTo(new ReversibleHeun())
        .hasSameHashCodeAs(new ReversibleHeun())
        .hasToString("ReversibleHeun");
  }
}
