/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ThetaMethodFailureTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<StepMethod> methods() {
    return Stream.of(new BackwardEuler(), new CrankNicolson());
  }

  /** y = 1 + 4 y^2, or y = 3 + 2 y^2, has no solution. */
  @ParameterizedTest
  @MethodSource("methods")
  void reportsAnEquationWithoutSolution(StepMethod method) {
    OdeSolveException failure = failure(method, square(), 4, 1);
    assertThat(failure.reason()).isEqualTo(FailureReason.NO_CONVERGENCE);
    assertThat(failure)
        .hasMessageStartingWith("step 0 at t = 0.0 with h = 4.0: the equation of the implicit step")
        .hasMessageContaining("after maxIterations = 20 corrections, expected at most")
        .hasMessageContaining("take smaller steps");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reportsAStepThatMakesTheLinearSystemSingular(StepMethod method) {
    FormulaField field = FormulaField.linear(new double[][] {{1}}, 1);
    OdeSolveException failure = failure(method, field, method.order(), 1);
    assertThat(failure.reason()).isEqualTo(FailureReason.NO_CONVERGENCE);
    assertThat(failure)
        .hasMessageContaining("the linear system of correction 1 to the equation of the implicit")
        .hasMessageContaining("was solved up to 1.00 of its residual")
        .hasMessageContaining("take smaller steps");
  }

  @Test
  void reportsALinearSystemThatItsLimitIsTooLowFor() {
    FormulaField field = FormulaField.linear(Matrices.stiff(3, 100), 1);
    assertThat(failure(new BackwardEuler(0, 0, 1), field, 1, 1, 2, 3))
        .hasMessageContaining("with maxLinearIterations = 1, expected 0.00100");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reportsAStateThatIsNotFinite(StepMethod method) {
    assertThat(failure(method, square(), 0.1, Double.NaN).reason())
        .isEqualTo(FailureReason.NON_FINITE_INPUT);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reportsAFieldThatIsNotFinite(StepMethod method) {
    FormulaField field =
        new FormulaField(
            (t, y, p) -> new double[] {Math.sqrt(-1 - t)},
            (t, y, p) -> new double[1][1],
            (t, y, p) -> new double[1],
            0) {
          @Override
          public String locateNonFinite(double t, INDArray y) {
            return "layer 3 (DenseLayer)";
          }
        };
    OdeSolveException failure = failure(method, field, 0.1, 2);
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(failure)
        .hasMessageContaining("holds NaN or infinity, first in layer 3 (DenseLayer)")
        .hasMessageContaining("the largest entry of y there is 2.000");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reportsAJacobianThatIsNotFinite(StepMethod method) {
    FormulaField field =
        new FormulaField(
            (t, y, p) -> new double[] {1},
            (t, y, p) -> new double[][] {{Double.POSITIVE_INFINITY}},
            (t, y, p) -> new double[1],
            0);
    assertThat(failure(method, field, 0.1, 2).reason())
        .isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reportsAnIterationThatGoesToInfinity(StepMethod method) {
    FormulaField field =
        new FormulaField(
            (t, y, p) -> new double[] {y[0] > 2 ? Double.POSITIVE_INFINITY : 1},
            (t, y, p) -> new double[1][1],
            (t, y, p) -> new double[1],
            0);
    assertThat(failure(method, field, 1e9, 1).reason())
        .isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void reportsAGradientThatIsNotFinite(StepMethod method) {
    INDArray y1 = Nd4j.zeros(DataType.DOUBLE, 1);
    try (Trajectory trajectory =
        new FullStorage().solve(problem(method, square(), 0.1), Nd4j.createFromArray(1.0), y1)) {
      assertThatThrownBy(() -> trajectory.pullback(Nd4j.createFromArray(Double.NaN)))
          .isInstanceOf(OdeSolveException.class)
          .hasMessageStartingWith("step 0 at t = 0.0")
          .hasMessageContaining("the gradient that comes into the step holds NaN or infinity");
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void saysWhatToDoWithAFieldWithoutJacobianVectorProducts(StepMethod method) {
    OdeSolveException failure = failure(method, new WithoutPushforward(), 0.1, 2);
    assertThat(failure.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION);
    assertThat(failure)
        .hasMessageContaining("an implicit method needs Jacobian-vector products")
        .hasMessageContaining("implement pushforward, or choose an explicit method");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesItsBuffersBackWhenItFails(StepMethod method) {
    SolverState from = SolverState.around(Nd4j.createFromArray(1.0), 0, pool);
    SolverState to = SolverState.around(Nd4j.createFromArray(1.0), 0, pool);
    Step step = new Step(0, 0, 4);
    assertThatThrownBy(() -> method.record(square(), step, from, to, null, pool))
        .isInstanceOf(OdeSolveException.class);
    assertThatThrownBy(() -> method.advance(square(), step, from, to, null, pool))
        .isInstanceOf(OdeSolveException.class);
    assertThat(pool.bytesInUse()).isZero();
  }

  private static FormulaField square() {
    return new FormulaField(
        (t, y, p) -> new double[] {y[0] * y[0]},
        (t, y, p) -> new double[][] {{2 * y[0]}},
        (t, y, p) -> new double[1],
        0);
  }

  private OdeSolveException failure(
      StepMethod method, VectorField field, double end, double... y0) {
    INDArray y1 = Nd4j.zeros(DataType.DOUBLE, y0.length);
    return catchThrowableOfType(
        OdeSolveException.class,
        () -> problem(method, field, end).solve(Nd4j.createFromArray(y0), y1));
  }

  private InitialValueProblem problem(StepMethod method, VectorField field, double end) {
    return new InitialValueProblem(
        field, method, new FixedSteps(1), 0, end, new SolveCounter(), pool);
  }

  /** y' = -y, as somebody may write it who only needs explicit methods. */
  private static final class WithoutPushforward implements VectorField {
    @Override
    public void evaluate(double t, INDArray y, INDArray out) {
      out.assign(y).negi();
    }

    @Override
    public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
      evaluate(t, y, out);
      return new KeptEvaluation() {
        @Override
        public void pullback(INDArray cotangent, double parameterScale, INDArray result) {
          result.assign(cotangent).negi();
        }

        @Override
        public boolean readsResult() {
          return false;
        }

        @Override
        public long keptBytes() {
          return 0;
        }

        @Override
        public void close() {
          // nothing is kept
        }
      };
    }
  }
}
