/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How fast every method comes to the true solution with equal steps. A subclass may widen a band,
 * and says why.
 */
public abstract class StepMethodConvergenceTest {
  /** How far the measured order may be from the declared one. */
  private static final double SLOPE_TOLERANCE = 0.2;

  private static final int HALVINGS = 4;
  private static final int FEWEST_STEPS = 4;
  private static final int MOST_STEPS = 512;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final StepMethod method;

  protected StepMethodConvergenceTest(StepMethod method) {
    this.method = method;
  }

  /** Over how many halvings of the step, the finest above rounding, the order is measured. */
  protected int halvings() {
    return HALVINGS;
  }

  /** Whether the next order has gone from the errors before rounding hides them. */
  protected boolean showsItsOrderOn(TestProblem problem) {
    return true;
  }

  /** Relative error below which rounding, or the tolerance of an iteration, shows. */
  protected double rounding() {
    return 1e-14;
  }

  /** What five steps over the decay from 1 to exp(-4) must be wrong by, or they are not steps. */
  protected double leastErrorOfCoarseSteps() {
    return switch (method.order()) {
      case 1 -> 1e-2;
      case 2 -> 3e-3;
      case 3 -> 1e-3;
      case 4 -> 4e-4;
      default -> 1e-6;
    };
  }

  /** What a thousand steps over the decay from 1 to exp(-4) may be wrong by. */
  protected double greatestErrorOfFineSteps() {
    return switch (method.order()) {
      case 1 -> 2e-4;
      case 2 -> 2e-7;
      case 3 -> 2e-10;
      default -> 2e-13;
    };
  }

  static Stream<TestProblem> problems() {
    return TestProblem.forConvergence().stream();
  }

  @ParameterizedTest
  @MethodSource("problems")
  void convergesWithItsOrder(TestProblem problem) {
    assumeTrue(showsItsOrderOn(problem));
    List<Double> errors = new ArrayList<>();
    for (int steps = FEWEST_STEPS; steps <= MOST_STEPS; steps *= 2) {
      double error = solve(problem, steps).greatest();
      if (error > rounding() * size(problem)) {
        errors.add(error);
      }
    }
    assertThat(errors).as("errors above rounding").hasSizeGreaterThan(HALVINGS);
    int last = errors.size() - 1;
    double slope = Math.log(errors.get(last - halvings()) / errors.get(last)) / Math.log(2);
    assertThat(slope / halvings())
        .as("order from the errors %s", errors)
        .isCloseTo(method.order(), within(SLOPE_TOLERANCE));
  }

  @Test
  void isBadWithStepsThatAreTooCoarse() {
    assertThat(solve(TestProblem.DECAY, 5).last()).isGreaterThan(leastErrorOfCoarseSteps());
  }

  @Test
  void isGoodWithManySteps() {
    assertThat(solve(TestProblem.DECAY, 1000).last()).isLessThan(greatestErrorOfFineSteps());
  }

  private static double size(TestProblem problem) {
    return Math.max(1, problem.initial().amaxNumber().doubleValue());
  }

  private GreatestError solve(TestProblem problem, int steps) {
    GreatestError error = new GreatestError(problem);
    INDArray end = problem.empty();
    new InitialValueProblem(
            problem.field(),
            method,
            new FixedSteps(steps),
            problem.start(),
            problem.end(),
            new SolveCounter(),
            pool)
        .solve(problem.initial(), end, error)
        .last()
        .giveBack(pool);
    return error;
  }
}
