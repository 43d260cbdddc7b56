/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a method with estimates promises besides; a subclass names the method. */
abstract class AdaptiveStochasticMethodContractTest extends StochasticMethodContractTest {
  /** The first step is far too long, so that some trials are rejected. */
  private static final AdaptiveSteps REJECTING =
      StochasticSteps.adaptive(0.5, 0.5).firstStep(1.9).build();

  AdaptiveStochasticMethodContractTest(StochasticRungeKutta method, double additiveOrder) {
    super(method, additiveOrder);
  }

  @Test
  void isTheDerivativeAtFrozenNoiseAndFrozenSteps() {
    assertIsTheDerivative(adaptive(false));
  }

  @Test
  void isTheDerivativeOfErrorsAndStiffnessesToo() {
    assertIsTheDerivative(adaptive(true));
  }

  @Test
  void isTheDerivativeOfErrorsAndStiffnessesOnFixedStepsToo() {
    assertIsTheDerivative(new DifferentiatedPath(method, new FixedSteps(4), true, pool));
  }

  @ParameterizedTest
  @MethodSource("strategiesWithoutKnownSteps")
  void hasTheSameGradientToTheBitWithEveryStrategyOnAdaptiveSteps(AdjointStrategy strategy) {
    assertHasTheBitsOfFullStorage(adaptive(false), strategy);
    assertHasTheBitsOfFullStorage(adaptive(true), strategy);
  }

  static Stream<AdjointStrategy> strategiesWithoutKnownSteps() {
    return exactStrategies();
  }

  private DifferentiatedPath adaptive(boolean measured) {
    return new DifferentiatedPath(method, REJECTING, measured, pool);
  }

  @Test
  void measuresTheStepsThatCount() {
    DifferentiatedPath.Result result = adaptive(true).differentiate(new FullStorage());
    List<StepMeasure> measures = result.measures();
    assertThat(result.statistics().solve().rejectedSteps()).isPositive();
    assertThat(measures).hasSize((int) result.statistics().solve().acceptedSteps());
    assertThat(measures.stream().mapToDouble(StepMeasure::length).sum())
        .isCloseTo(2, within(1e-12));
    assertThat(measures).allMatch(measure -> measure.error() > 0 && measure.error() <= 1);
    assertThat(measures)
        .allMatch(measure -> measure.stiffness() > 0 == method.estimatesStiffness());
  }

  /** For {@code du = dW} every step adds its increment, so the end shows which path was taken. */
  @Test
  void keepsThePathWhenStepsAreRejected() {
    StepControl control = StochasticSteps.adaptive(0, 0.05).firstStep(1).build();
    BrownianPath path = path(control, 100);
    INDArray end = Nd4j.zeros(DataType.DOUBLE, 100);
    StochasticProblem problem =
        new StochasticProblem(
            new ArrayField((t, u) -> u.ulike().assign(1.0 + 3 * t)),
            new ArrayField((t, u) -> u.ulike().assign(1.0)),
            method,
            control,
            path,
            pool);
    problem.solve(Nd4j.zeros(DataType.DOUBLE, 100), end);
    INDArray moved = end.ulike();
    path.over(0, 1, moved, null);
    assertThat(problem.statistics().solve().rejectedSteps()).isPositive();
    assertThat(end.subi(2.5).subi(moved).amaxNumber().doubleValue()).isCloseTo(0, within(1e-12));
  }

  @Test
  void comesToTheExactSolutionWithTheTolerance() {
    StrongTestProblem problem = StrongTestProblem.GEOMETRIC_BROWNIAN_MOTION;
    double[] tolerances = {2e-1, 2e-2};
    double[] errors = new double[tolerances.length];
    for (int i = 0; i < tolerances.length; i++) {
      StepControl control = StochasticSteps.adaptive(tolerances[i], tolerances[i]).build();
      BrownianPath path = new BrownianPath(1, StochasticSteps.cells(control, 0, 1), 100);
      INDArray end = Nd4j.zeros(DataType.DOUBLE, 100);
      new StochasticProblem(problem.drift, problem.diffusion, method, control, path, pool)
          .solve(Nd4j.ones(DataType.DOUBLE, 100), end);
      errors[i] = end.distance2(problem.end(path)) / 10;
    }
    assertThat(errors[1]).isLessThan(errors[0] / 5).isLessThan(tolerances[1]);
  }

  @Test
  void failsWithANumberOfTrialsWhenTheyAreUsedUp() {
    StepControl control = StochasticSteps.adaptive(1e-6, 1e-6).maximumSteps(30).build();
    StochasticProblem problem =
        new StochasticProblem(
            StrongTestProblem.GEOMETRIC_BROWNIAN_MOTION.drift,
            StrongTestProblem.GEOMETRIC_BROWNIAN_MOTION.diffusion,
            method,
            control,
            path(control, 10),
            pool);
    assertThatThrownBy(
            () -> problem.solve(Nd4j.ones(DataType.DOUBLE, 10), Nd4j.zeros(DataType.DOUBLE, 10)))
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("30 trial steps")
        .extracting(e -> ((OdeSolveException) e).reason())
        .isEqualTo(FailureReason.TOO_MANY_STEPS);
    assertThat(pool.bytesInUse()).isZero();
  }

  private static BrownianPath path(StepControl control, int entries) {
    TimeGrid cells = StochasticSteps.cells(control, 0, 1);
    return new BrownianPath(4, cells, entries);
  }
}
