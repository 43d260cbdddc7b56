/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What approximate strategies promise that take the steps of the forward solve. */
abstract class ApproximateStrategyContractTest extends AdjointStrategyContractTest {
  ApproximateStrategyContractTest(AdjointStrategy strategy) {
    super(strategy);
  }

  /** Methods of which the distance to the exact gradient is measured at several step lengths. */
  abstract Stream<StepMethod> methodsToMeasure();

  @Override
  final Stream<StepMethod> methods() {
    return Stream.concat(methodsToMeasure(), Stream.of(new DormandPrince()));
  }

  @Test
  void declaresItselfApproximate() {
    assertThat(strategy.exactness()).isEqualTo(Exactness.APPROXIMATE);
  }

  @ParameterizedTest
  @MethodSource("methodsToMeasure")
  void approachesTheExactGradientWithTheOrderOfTheMethod(StepMethod method) {
    double coarse = distanceToExactGradient(method, 40);
    double medium = distanceToExactGradient(method, 80);
    double fine = distanceToExactGradient(method, 160);
    assertThat(Math.log(coarse / medium) / Math.log(2)).isCloseTo(method.order(), within(0.25));
    assertThat(Math.log(medium / fine) / Math.log(2)).isCloseTo(method.order(), within(0.25));
  }

  /** Exact for the discrete solution, over state and parameters. */
  private double distanceToExactGradient(StepMethod method, int steps) {
    DifferentiatedSolve mine = differentiate(method, steps);
    DifferentiatedSolve exact =
        DifferentiatedSolve.ofSpiral(
            new FullStorage(), CubicSpiral.reference(), method, steps, pool);
    return Math.hypot(
        mine.stateGradient().distance2(exact.stateGradient()),
        mine.parameterGradient().distance2(exact.parameterGradient()));
  }

  @Test
  void refusesAnImplicitMethod() {
    assertThatThrownBy(() -> strategy.check(new MethodOfUnknownWork(), new FixedSteps(3)))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
        .hasMessageStartingWith(strategy + " solves the adjoint equations")
        .hasMessageContaining("the implicit method MethodOfUnknownWork")
        .hasMessageContaining("use an explicit one such as DormandPrince");
  }
}
