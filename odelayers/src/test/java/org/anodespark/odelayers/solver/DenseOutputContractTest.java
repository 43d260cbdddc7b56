/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds for every method with dense output; a subclass names the method. */
public abstract class DenseOutputContractTest {
  private static final int POINTS = 21;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final DenseStepMethod method;

  protected DenseOutputContractTest(DenseStepMethod method) {
    this.method = method;
  }

  @AfterEach
  void nothingIsLeftBorrowed() {
    assertThat(pool.bytesInUse()).isZero();
  }

  static Stream<TestProblem> problems() {
    return Stream.of(
        TestProblem.MODULATED, TestProblem.SPIRAL_COORDINATE, TestProblem.classA().get(3));
  }

  @Test
  void meetsTheStatesAtBothEndsExactly() {
    try (OneStep step = new OneStep(TestProblem.CUBIC_SPIRAL, 0.2)) {
      INDArray out = TestProblem.CUBIC_SPIRAL.empty();
      step.dense.interpolate(0, out);
      assertThat(Bits.of(out)).isEqualTo(Bits.of(step.from.y()));
      step.dense.interpolate(1, out);
      assertThat(Bits.of(out)).isEqualTo(Bits.of(step.to.y()));
    }
  }

  @Test
  void takesTheSameStepAsWithout() {
    TestProblem problem = TestProblem.CUBIC_SPIRAL;
    try (OneStep step = new OneStep(problem, 0.2)) {
      SolverState to = SolverState.borrow(step.from.y(), method.carriedArrays(), pool);
      INDArray error = problem.empty();
      method.advance(problem.field(), step.dense.step(), step.from, to, error, pool);
      assertThat(Bits.of(step.to.y())).isEqualTo(Bits.of(to.y()));
      assertThat(Bits.of(step.error)).isEqualTo(Bits.of(error));
      for (int i = 0; i < method.carriedArrays(); i++) {
        assertThat(Bits.of(step.to.carried(i))).isEqualTo(Bits.of(to.carried(i)));
      }
      to.giveBack(pool);
    }
  }

  @Test
  void holdsAsManyArraysAsItDeclares() {
    try (OneStep step = new OneStep(TestProblem.CUBIC_SPIRAL, 0.2)) {
      long before = pool.bytesInUse();
      step.dense.close();
      assertThat(before - pool.bytesInUse())
          .isEqualTo(method.denseArrays() * ArrayPool.bytes(step.from.y()));
    }
  }

  /** From a state of the true solution, so that only the error of this one step shows. */
  @ParameterizedTest
  @MethodSource("problems")
  void convergesWithItsOwnOrderAllOverAStep(TestProblem problem) {
    double coarse = greatestErrorInside(problem, 0.4);
    double fine = greatestErrorInside(problem, 0.4 / 16);
    double slope = Math.log(coarse / fine) / Math.log(16);
    assertThat(slope).isCloseTo(method.denseOrder() + 1, within(0.3));
  }

  private double greatestErrorInside(TestProblem problem, double h) {
    try (OneStep step = new OneStep(problem, h)) {
      return greatestError(problem, step.dense);
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void keepsTheToleranceOfAdaptiveStepsBetweenTheirEnds(TestProblem problem) {
    for (double tolerance : new double[] {1e-3, 1e-4, 1e-5}) {
      Interpolation inside = new Interpolation(problem);
      INDArray end = problem.empty();
      new InitialValueProblem(
              problem.field(),
              method,
              new AdaptiveSteps(tolerance, tolerance),
              problem.start(),
              problem.end(),
              new SolveCounter(),
              pool)
          .solve(problem.initial(), end, inside)
          .last()
          .giveBack(pool);
      assertThat(inside.greatestError).isLessThan(30 * tolerance);
    }
  }

  private static double greatestError(TestProblem problem, DenseStep dense) {
    INDArray y = problem.empty();
    double greatest = 0;
    for (int point = 0; point < POINTS; point++) {
      double theta = point / (POINTS - 1.0);
      dense.interpolate(theta, y);
      greatest = Math.max(greatest, problem.error(dense.step().time(theta), y));
    }
    return greatest;
  }

  /** The first step of a problem. */
  private final class OneStep implements AutoCloseable {
    private final SolverState from;
    private final SolverState to;
    private final INDArray error;
    private final DenseStep dense;

    OneStep(TestProblem problem, double h) {
      from = SolverState.around(problem.initial(), method.carriedArrays(), pool);
      to = SolverState.borrow(problem.initial(), method.carriedArrays(), pool);
      error = problem.empty();
      method.start(problem.field(), problem.start(), from, pool);
      Step step = new Step(0, problem.start(), problem.start() + h);
      dense = method.advanceDensely(problem.field(), step, from, to, error, pool);
    }

    @Override
    public void close() {
      dense.close();
      from.giveBack(pool);
      to.giveBack(pool);
    }
  }

  /** Looks at the interpolant of each step that counts. */
  private final class Interpolation implements StepRecorder {
    private final TestProblem problem;
    private DenseStep dense;
    private double greatestError;

    Interpolation(TestProblem problem) {
      this.problem = problem;
    }

    @Override
    public void attempt(
        InitialValueProblem solve, Step step, SolverState from, SolverState to, INDArray error) {
      dense = method.advanceDensely(solve.field(), step, from, to, error, pool);
    }

    @Override
    public boolean accept(Step step, SolverState from) {
      greatestError =
          Math.max(greatestError, DenseOutputContractTest.greatestError(problem, dense));
      dense.close();
      return false;
    }

    @Override
    public void reject() {
      dense.close();
    }
  }
}
