/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every exact strategy promises; a subclass names the strategy. */
abstract class ExactStrategyContractTest {
  private static final long STATE_BYTES = 16;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final AdjointStrategy strategy;

  ExactStrategyContractTest(AdjointStrategy strategy) {
    this.strategy = strategy;
  }

  static Stream<Arguments> methodsAndSteps() {
    return Stream.of(new Euler(), new ClassicRungeKutta(), new HeunEuler(), new DormandPrince())
        .flatMap(method -> Stream.of(1, 2, 7, 20).map(steps -> Arguments.of(method, steps)));
  }

  /** Reference numbers made once by complex-step differentiation in an independent program. */
  @Test
  void reproducesTheReferenceGradientOfEuler() {
    assertReference(
        new Euler(),
        new double[] {-.0150124068807874, .639124351533695},
        new double[] {-1.54397647776983, -1.42601728051914},
        new double[] {.0286503704858464, -.237282055818318, .259024464612985, -.0632657017591734});
  }

  @Test
  void reproducesTheReferenceGradientOfTheClassicalMethod() {
    assertReference(
        new ClassicRungeKutta(),
        new double[] {.099825780048554, .579052167080866},
        new double[] {-.617333974201828, -1.05397528080241},
        new double[] {.0373854182251494, -.14344961842683, .198974314818181, -.0585095036691799});
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void costsWhatItDeclares(StepMethod method, int steps) {
    for (boolean readsResult : new boolean[] {false, true}) {
      SolveStatistics statistics = new Gradient(strategy, method, steps, readsResult).statistics;
      AdjointCost cost = strategy.cost(steps, method);
      assertThat(statistics.forwardEvaluations()).isEqualTo(cost.forwardEvaluations());
      assertThat(statistics.recomputedEvaluations()).isEqualTo(cost.recomputedEvaluations());
      assertThat(statistics.pullbacks()).isEqualTo(cost.pullbacks());
      assertThat(statistics.acceptedSteps()).isEqualTo(steps);
      assertThat(statistics.peakSavedBytes())
          .isEqualTo(cost.peak().bytes(STATE_BYTES, readsResult, CubicSpiral.KEPT_BYTES));
    }
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void keepsBetweenThePassesWhatItDeclares(StepMethod method, int steps) {
    SolveCounter counter = new SolveCounter();
    AdjointCost cost = strategy.cost(steps, method);
    INDArray y1 = pool.borrow(2);
    try (Trajectory trajectory =
        strategy.solve(problem(method, steps, counter), CubicSpiral.state(0.6, 0.3), y1)) {
      assertThat(trajectory).isNotNull();
      assertThat(counter.savedBytes())
          .isEqualTo(cost.between().bytes(STATE_BYTES, false, CubicSpiral.KEPT_BYTES));
    }
    assertThat(counter.savedBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void declaresItselfExactAndGivesTheBitsOfFullStorage(StepMethod method, int steps) {
    assertThat(strategy.exactness()).isEqualTo(Exactness.EXACT);
    Gradient mine = solveAndDifferentiate(method, steps);
    Gradient full = new Gradient(new FullStorage(), method, steps, false);
    assertThat(mine.y1).isEqualTo(full.y1);
    assertThat(mine.adjoint).isEqualTo(full.adjoint);
    assertThat(mine.field.parameterGradient()).isEqualTo(full.field.parameterGradient());
  }

  @Test
  void givesBackEveryBufferWhenClosedWithoutAGradient() {
    INDArray y0 = CubicSpiral.state(0.6, 0.3);
    INDArray y1 = pool.borrow(2);
    long before = pool.bytesInUse();
    strategy.solve(problem(new ClassicRungeKutta(), 5, new SolveCounter()), y0, y1).close();
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @Test
  void allocatesNothingMoreAfterTheFirstSolve() {
    solveAndDifferentiate(new ClassicRungeKutta(), 5);
    long allocated = pool.bytesAllocated();
    for (int i = 0; i < 20; i++) {
      solveAndDifferentiate(new ClassicRungeKutta(), 5);
    }
    assertThat(pool.bytesAllocated()).isEqualTo(allocated);
  }

  private void assertReference(
      StepMethod method, double[] y1, double[] stateGradient, double[] parameterGradient) {
    Gradient gradient = solveAndDifferentiate(method, 8);
    assertThat(gradient.y1.toDoubleVector()).containsExactly(y1, within(1e-12));
    assertThat(gradient.adjoint.toDoubleVector()).containsExactly(stateGradient, within(1e-12));
    assertThat(gradient.field.parameterGradient().toDoubleVector())
        .containsExactly(parameterGradient, within(1e-12));
  }

  private Gradient solveAndDifferentiate(StepMethod method, int steps) {
    return new Gradient(strategy, method, steps, false);
  }

  private InitialValueProblem problem(StepMethod method, int steps, SolveCounter counter) {
    return new InitialValueProblem(
        counter.counting(CubicSpiral.reference()),
        method,
        new FixedSteps(steps),
        0,
        2,
        counter,
        pool);
  }

  /** y(2) and the gradient of y1 + y2 there, from y(0) = (0.6, 0.3). */
  private final class Gradient {
    final CubicSpiral field;
    final INDArray y1;
    final INDArray adjoint = CubicSpiral.state(1, 1);
    final SolveStatistics statistics;

    Gradient(AdjointStrategy used, StepMethod method, int steps, boolean readsResult) {
      field = readsResult ? CubicSpiral.referenceThatReadsItsResult() : CubicSpiral.reference();
      SolveCounter counter = new SolveCounter();
      InitialValueProblem problem =
          new InitialValueProblem(
              counter.counting(field), method, new FixedSteps(steps), 0, 2, counter, pool);
      INDArray end = pool.borrow(2);
      try (Trajectory trajectory = used.solve(problem, CubicSpiral.state(0.6, 0.3), end)) {
        y1 = end.dup();
        pool.giveBack(end);
        trajectory.pullback(adjoint);
      }
      statistics = counter.statistics();
    }
  }
}
