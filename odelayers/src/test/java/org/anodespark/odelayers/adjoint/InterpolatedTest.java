/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.api.Test;

class InterpolatedTest extends ApproximateStrategyContractTest {
  InterpolatedTest() {
    super(new Interpolated());
  }

  @Override
  Stream<StepMethod> methodsToMeasure() {
    return Stream.of(new HeunEuler(), new BogackiShampine());
  }

  /** The slope at the end of a step and the one at the start of the next are one array. */
  @Test
  void keepsTheSlopeThatNeighbouringStepsShareOnce() {
    BogackiShampine method = new BogackiShampine();
    int slopesInsideAStep = 2;
    assertThat(strategy.cost(7, method).between())
        .isEqualTo(new Kept(7 * slopesInsideAStep + 8 * 2, 0, 0));
  }

  @Test
  void rebuildsNoState() {
    assertThat(differentiate(new HeunEuler(), 8).statistics().reconstructionError()).isNaN();
  }

  @Test
  void refusesAMethodWithoutDenseOutput() {
    assertThatThrownBy(() -> strategy.check(new ClassicRungeKutta(), new FixedSteps(3)))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
        .hasMessageContaining("dense output, which ClassicRungeKutta has not")
        .hasMessageContaining("use DormandPrince, or AnodeCheckpoint with any method");
  }

  @Test
  void namesItsSettings() {
    assertThat(new Interpolated()).hasToString("Interpolated");
    assertThat(new Interpolated(new FixedSteps(5)))
        .hasToString("Interpolated(FixedSteps(5))")
        .isNotEqualTo(new Interpolated());
  }
}
