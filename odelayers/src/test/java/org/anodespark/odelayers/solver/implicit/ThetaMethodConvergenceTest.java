/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ThetaMethodConvergenceTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<StepMethod> methods() {
    return Stream.of(new BackwardEuler(), new CrankNicolson());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void convergesWithItsOrderOnALinearProblemWithACoefficientThatDependsOnTime(StepMethod method) {
    requireOrder(method, FormulaField.cosine(1), 0, 2, 20, Math.exp(Math.sin(2)), 1);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void convergesWithItsOrderOnAProblemOfTheDetestSet(StepMethod method) {
    double exact = solve(new DormandPrince(), FormulaField.detestA5(), 0, 20, 400, 4)[0];
    requireOrder(method, FormulaField.detestA5(), 0, 20, 60, exact, 4);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void convergesWithItsOrderOnANonLinearSystem(StepMethod method) {
    double exact = solve(new DormandPrince(), CubicSpiral.reference(), 0, 2, 200, 0.6, 0.3)[0];
    requireOrder(method, CubicSpiral.reference(), 0, 2, 20, exact, 0.6, 0.3);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void convergesWithItsOrderBackwardsInTime(StepMethod method) {
    requireOrder(method, FormulaField.cosine(1), 2, 0, 20, 1, Math.exp(Math.sin(2)));
  }

  private void requireOrder(
      StepMethod method,
      VectorField field,
      double start,
      double end,
      int steps,
      double exact,
      double... y0) {
    double before = Math.abs(solve(method, field, start, end, steps, y0)[0] - exact);
    for (int halving = 1; halving <= 4; halving++) {
      double after = Math.abs(solve(method, field, start, end, steps << halving, y0)[0] - exact);
      assertThat(Math.log(before / after) / Math.log(2)).isCloseTo(method.order(), within(0.2));
      before = after;
    }
  }

  private double[] solve(
      StepMethod method, VectorField field, double start, double end, int steps, double... y0) {
    INDArray y1 = Nd4j.zeros(DataType.DOUBLE, y0.length);
    new InitialValueProblem(
            field, method, new FixedSteps(steps), start, end, new SolveCounter(), pool)
        .solve(Nd4j.createFromArray(y0), y1);
    return y1.toDoubleVector();
  }
}
