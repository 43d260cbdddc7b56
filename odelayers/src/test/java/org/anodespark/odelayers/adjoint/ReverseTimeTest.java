/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.dynamics.ConvolutionField;
import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReverseTimeTest extends ApproximateStrategyContractTest {
  ReverseTimeTest() {
    super(new ReverseTime());
  }

  @Override
  Stream<StepMethod> methodsToMeasure() {
    return Stream.of(
        new Euler(), new ExplicitMidpoint(), new AsynchronousLeapfrog(), new ClassicRungeKutta());
  }

  /**
   * Euler backwards multiplies the state by 1 + 25/50 in each step: from 0.5^50 it arrives at
   * 0.75^50 instead of 1.
   */
  @Test
  void losesTheParameterGradientOfAFieldThatForgetsWhereItBegan() {
    RecordingLogger log = new RecordingLogger();
    InitialValueProblem problem =
        DifferentiatedSolve.problem(GrowthField.constant(-25), new Euler(), 0, 1, 50, pool);
    ReconstructionWarning warning = new ReconstructionWarning(log, "Solving backwards", "Stop.");
    INDArray adjoint = GrowthField.state(1);
    try (Trajectory trajectory =
        new ReverseTime().solve(problem, GrowthField.state(1), GrowthField.state(0), warning)) {
      trajectory.pullback(adjoint);
    }
    double exact = Math.pow(0.5, 49);
    assertThat(adjoint.getDouble(0)).isCloseTo(0.5 * exact, within(1e-12 * exact));
    assertThat(problem.field().parameterGradient().getDouble(0))
        .isCloseTo(7.105e-17, within(0.001e-17))
        .isCloseTo(exact / 25, within(1e-5 * exact));
    assertThat(problem.counter().statistics().reconstructionError())
        .isCloseTo(1 - Math.pow(0.75, 50), within(1e-12));
    assertThat(log.warnings()).singleElement().asString().startsWith("Solving backwards rebuilt");
  }

  @Test
  void isSilentWhenItComesBack() {
    RecordingLogger log = new RecordingLogger();
    InitialValueProblem problem =
        DifferentiatedSolve.problem(
            GrowthField.constant(-1), new ClassicRungeKutta(), 0, 1, 50, pool);
    ReconstructionWarning warning = new ReconstructionWarning(log, "Solving backwards", "Stop.");
    try (Trajectory trajectory =
        new ReverseTime().solve(problem, GrowthField.state(1), GrowthField.state(0), warning)) {
      trajectory.pullback(GrowthField.state(1));
    }
    assertThat(problem.counter().statistics().reconstructionError()).isBetween(1e-12, 1e-8);
    assertThat(log.warnings()).isEmpty();
  }

  /** Euler's method looks at the end of the interval only when it goes backwards. */
  @Test
  void saysThatTheBackwardSolveFailed() {
    GrowthField field = new GrowthField(1, t -> t == 1 ? Double.POSITIVE_INFINITY : 1);
    InitialValueProblem problem = DifferentiatedSolve.problem(field, new Euler(), 0, 1, 4, pool);
    INDArray y0 = GrowthField.state(1);
    try (Trajectory trajectory = strategy.solve(problem, y0, GrowthField.state(0))) {
      assertThatThrownBy(() -> trajectory.pullback(GrowthField.state(1)))
          .isInstanceOfSatisfying(
              OdeSolveException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS))
          .hasMessageStartingWith("step 0 at t = 1.0 with h = -0.25: ")
          .hasMessageContaining("the adjoint equations, which are solved backwards in time");
    }
  }

  @Test
  void differentiatesAConvolution() {
    DifferentiatedSolve mine = convolution(strategy);
    DifferentiatedSolve exact = convolution(new FullStorage());
    assertThat(mine.stateGradient().distance2(exact.stateGradient())).isLessThan(1e-4);
    assertThat(mine.parameterGradient().distance2(exact.parameterGradient())).isLessThan(1e-4);
    assertThat(exact.parameterGradient().norm2Number().doubleValue()).isGreaterThan(1);
  }

  private DifferentiatedSolve convolution(AdjointStrategy used) {
    InitialValueProblem problem =
        DifferentiatedSolve.problem(
            ConvolutionField.create(DataType.DOUBLE, pool),
            new ClassicRungeKutta(),
            0,
            1,
            20,
            pool);
    return DifferentiatedSolve.of(
        used, problem, ConvolutionField.images(DataType.DOUBLE), INDArray::dup);
  }

  @Test
  void namesItsSettings() {
    assertThat(new ReverseTime()).hasToString("ReverseTime(SEMINORM)");
    assertThat(new ReverseTime(new FixedSteps(5), ParameterIntegral.QUADRATURE))
        .hasToString("ReverseTime(FixedSteps(5), QUADRATURE)")
        .isNotEqualTo(new ReverseTime(new FixedSteps(5), null))
        .isNotEqualTo(new ReverseTime(null, ParameterIntegral.QUADRATURE));
  }
}
