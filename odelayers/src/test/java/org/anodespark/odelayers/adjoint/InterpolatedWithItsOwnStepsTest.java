/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.stream.Stream;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;

class InterpolatedWithItsOwnStepsTest extends AdjointStrategyContractTest {
  InterpolatedWithItsOwnStepsTest() {
    super(new Interpolated(new FixedSteps(LINEAR_STEPS)));
  }

  @Override
  Stream<StepMethod> methods() {
    return Stream.of(new HeunEuler(), new DormandPrince());
  }

  @Override
  double toleranceBackwards() {
    return 1e-6;
  }
}
