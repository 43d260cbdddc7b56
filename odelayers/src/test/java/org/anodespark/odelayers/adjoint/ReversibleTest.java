/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.anodespark.odelayers.dynamics.ConvolutionField;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.reversible.ReversibleHeun;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReversibleTest extends AdjointStrategyContractTest {
  ReversibleTest() {
    super(new Reversible());
  }

  @Override
  Stream<StepMethod> methods() {
    return Stream.of(
        new AsynchronousLeapfrog(0.9), new AsynchronousLeapfrog(), new ReversibleHeun());
  }

  static Stream<StepMethod> undamped() {
    return Stream.of(new AsynchronousLeapfrog(), new ReversibleHeun());
  }

  @Test
  void declaresItselfExactUpToRounding() {
    assertThat(strategy.exactness()).isEqualTo(Exactness.EXACT_UP_TO_ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("undamped")
  void givesTheGradientOfFullStorageAfterAThousandSteps(StepMethod method) {
    DifferentiatedSolve mine = differentiate(method, 1000);
    assertClose(
        mine,
        DifferentiatedSolve.ofSpiral(
            new FullStorage(), CubicSpiral.reference(), method, 1000, pool));
    assertThat(mine.statistics().reconstructionError()).isBetween(0.0, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("undamped")
  void givesTheGradientOfFullStorageWithConvolutions(StepMethod method) {
    DifferentiatedSolve mine = convolution(strategy, method);
    assertClose(mine, convolution(new FullStorage(), method));
    assertThat(mine.statistics().reconstructionError()).isBetween(0.0, 1e-12);
  }

  private DifferentiatedSolve convolution(AdjointStrategy used, StepMethod method) {
    InitialValueProblem problem =
        DifferentiatedSolve.problem(
            ConvolutionField.create(DataType.DOUBLE, pool), method, 0, 1, 200, pool);
    return DifferentiatedSolve.of(
        used, problem, ConvolutionField.images(DataType.DOUBLE), INDArray::dup);
  }

  private static void assertClose(DifferentiatedSolve mine, DifferentiatedSolve full) {
    assertThat(relativeDistance(mine.stateGradient(), full.stateGradient())).isLessThan(1e-9);
    assertThat(relativeDistance(mine.parameterGradient(), full.parameterGradient()))
        .isLessThan(1e-9);
  }

  private static double relativeDistance(INDArray a, INDArray b) {
    return a.distance2(b) / b.norm2Number().doubleValue();
  }

  /** Each step backwards multiplies the rounding errors by 1 / (2 eta - 1) = 2. */
  @Test
  void warnsOfStepsThatCannotBeUndoneInThisPrecision() {
    RecordingLogger log = new RecordingLogger();
    Reversible reversible = new Reversible();
    InitialValueProblem problem =
        DifferentiatedSolve.problem(
            GrowthField.constant(1), new AsynchronousLeapfrog(0.75), 0, 1, 60, pool);
    INDArray y1 = GrowthField.state(0);
    ReconstructionWarning warning = new ReconstructionWarning(log, "Undoing", "Stop.");
    try (Trajectory trajectory = reversible.solve(problem, GrowthField.state(1), y1, warning)) {
      trajectory.pullback(GrowthField.state(1));
    }
    assertThat(problem.counter().statistics().reconstructionError()).isGreaterThan(0.01);
    assertThat(log.warnings()).singleElement().asString().startsWith("Undoing rebuilt");
  }

  @Test
  void refusesAMethodWithoutInverse() {
    assertThatThrownBy(() -> strategy.check(new DormandPrince(), new FixedSteps(3)))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
        .hasMessageContaining("those of DormandPrince cannot")
        .hasMessageContaining("use AsynchronousLeapfrog or ReversibleHeun");
  }
}
