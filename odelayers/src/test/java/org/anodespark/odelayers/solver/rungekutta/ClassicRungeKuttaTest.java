/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.anodespark.odelayers.solver.Solved;
import org.anodespark.odelayers.solver.StepMethodContractTest;
import org.anodespark.odelayers.solver.TestProblem;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicRungeKuttaTest extends StepMethodContractTest {
  ClassicRungeKuttaTest() {
    super(new ClassicRungeKutta());
  }

  static Stream<TestProblem> detest() {
    return Stream.concat(TestProblem.classA().stream(), TestProblem.classB().stream());
  }

  @ParameterizedTest
  @MethodSource("detest")
  void comesToTheKnownEndByEnoughEqualSteps(TestProblem problem) {
    Solved solved = Solved.of(problem, new ClassicRungeKutta(), new FixedSteps(4000));
    assertThat(problem.error(problem.end(), solved.end())).isLessThan(1e-8);
  }
}
