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
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.api.Test;

class ReverseTimeWithQuadratureTest extends ApproximateStrategyContractTest {
  ReverseTimeWithQuadratureTest() {
    super(new ReverseTime(null, ParameterIntegral.QUADRATURE));
  }

  @Override
  Stream<StepMethod> methodsToMeasure() {
    return Stream.of(new HeunEuler(), new BogackiShampine());
  }

  @Test
  void refusesAMethodWithoutDenseOutput() {
    assertThatThrownBy(() -> strategy.check(new Euler(), new FixedSteps(3)))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
        .hasMessageContaining("dense output, which Euler has not")
        .hasMessageContaining("use DormandPrince, or ReverseTime with SEMINORM");
  }
}
