/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.junit.jupiter.api.Test;

class ReverseTimeWithItsOwnStepsTest extends AdjointStrategyContractTest {
  ReverseTimeWithItsOwnStepsTest() {
    super(new ReverseTime(new FixedSteps(LINEAR_STEPS), ParameterIntegral.FULL_NORM));
  }

  @Override
  Stream<StepMethod> methods() {
    return Stream.of(new Euler(), new DormandPrince());
  }

  @Override
  double toleranceBackwards() {
    return 1e-6;
  }

  @Test
  void comesBackBetterWithMoreStepsBackwards() {
    assertThat(reconstructionError(1000)).isLessThan(0.2 * reconstructionError(10));
  }

  private double reconstructionError(int backwardSteps) {
    InitialValueProblem problem =
        DifferentiatedSolve.problem(GrowthField.constant(-1), new Euler(), 0, 1, 1000, pool);
    ReverseTime reverseTime = new ReverseTime(new FixedSteps(backwardSteps), null);
    return DifferentiatedSolve.of(
            reverseTime, problem, GrowthField.state(1), y1 -> GrowthField.state(1))
        .statistics()
        .reconstructionError();
  }
}
