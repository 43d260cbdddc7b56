/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.dynamics.LinearField;
import org.anodespark.odelayers.solver.InvertibleStepMethodContractTest;
import org.anodespark.odelayers.solver.StepMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsynchronousLeapfrogTest extends InvertibleStepMethodContractTest {
  AsynchronousLeapfrogTest() {
    super(new AsynchronousLeapfrog());
  }

  /** Numbers of an independent program. */
  @Test
  void makesTheErrorsOfTheReferenceOnANonAutonomousProblem() {
    assertThat(MeasuredSolve.cosineError(method, 8)).isCloseTo(4.59e-3, within(0.005e-3));
    assertThat(MeasuredSolve.cosineError(method, 128)).isCloseTo(1.91e-5, within(0.005e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void convergesWithOrderTwo(int steps) {
    assertThat(method.order()).isEqualTo(2);
    assertThat(MeasuredSolve.cosineOrder(method, steps)).isCloseTo(2, within(0.2));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512})
  void convergesWithOrderOneOnceItIsDamped(int steps) {
    StepMethod damped = new AsynchronousLeapfrog(0.75);
    assertThat(damped.order()).isEqualTo(1);
    assertThat(MeasuredSolve.cosineOrder(damped, steps)).isCloseTo(1, within(0.2));
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
    assertThat(decay(method, 0.1)).isGreaterThan(1e6);
  }

  @Test
  void decaysWithTheSolutionUpToAStepThatGrowsWithTheDamping() {
    double eta = 0.9;
    double bound = 2 * (1 - eta) / eta;
    assertThat(decay(new AsynchronousLeapfrog(eta), 0.95 * bound)).isLessThan(1e-3);
    assertThat(decay(new AsynchronousLeapfrog(eta), 1.5 * bound)).isGreaterThan(1e3);
  }

  private static double decay(StepMethod method, double rate) {
    return MeasuredSolve.normAfterUnitSteps(
        method, GrowthField.constant(-rate), GrowthField.state(1), 1000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0, 1.01, -1, Double.NaN})
  void refusesADampingWithoutAnInverse(double damping) {
    assertThatThrownBy(() -> new AsynchronousLeapfrog(damping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "damping = " + damping + ", expected a number above 0.5 and up to 1, which is none.");
  }

  @Test
  void isAsGoodAsItsDamping() {
    assertThat(new AsynchronousLeapfrog(0.75))
        .isEqualTo(new AsynchronousLeapfrog(0.75))
        .hasSameHashCodeAs(new AsynchronousLeapfrog(0.75))
        .isNotEqualTo(new AsynchronousLeapfrog())
        .hasToString("AsynchronousLeapfrog(damping=0.75)");
    assertThat(new AsynchronousLeapfrog()).hasToString("AsynchronousLeapfrog");
  }
}
