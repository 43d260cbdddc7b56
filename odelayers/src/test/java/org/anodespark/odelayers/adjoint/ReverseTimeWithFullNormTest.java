/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.stream.Stream;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;

class ReverseTimeWithFullNormTest extends ApproximateStrategyContractTest {
  ReverseTimeWithFullNormTest() {
    super(new ReverseTime(null, ParameterIntegral.FULL_NORM));
  }

  @Override
  Stream<StepMethod> methodsToMeasure() {
    return Stream.of(new Euler(), new ExplicitMidpoint(), new ClassicRungeKutta());
  }
}
