/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.implicit.BackwardEuler;
import org.anodespark.odelayers.solver.implicit.CrankNicolson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Strategies with methods whose evaluations nobody can count ahead. */
class ImplicitMethodStrategyTest {
  private static final long STATE_BYTES = 16;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<StepMethod> methods() {
    return Stream.of(new BackwardEuler(), new CrankNicolson());
  }

  static Stream<Arguments> strategiesMethodsAndSteps() {
    return Stream.of(
            new FullStorage(),
            new AnodeCheckpoint(),
            new AnodeCheckpoint(new StepCheckpoint()),
            new StepCheckpoint(),
            new Revolve(3),
            new OnlineCheckpoint(3))
        .flatMap(
            strategy ->
                methods()
                    .flatMap(
                        method ->
                            Stream.of(1, 2, 7, 20)
                                .map(steps -> Arguments.of(strategy, method, steps))));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(new ReverseTime(), new Interpolated(), new Reversible())
        .flatMap(strategy -> methods().map(method -> Arguments.of(strategy, method)));
  }

  @ParameterizedTest
  @MethodSource("strategiesMethodsAndSteps")
  void exactStrategiesGiveTheBitsOfFullStorage(
      AdjointStrategy strategy, StepMethod method, int steps) {
    Gradient mine = new Gradient(strategy, method, steps, false);
    Gradient full = new Gradient(new FullStorage(), method, steps, false);
    assertThat(Bits.of(mine.y1)).isEqualTo(Bits.of(full.y1));
    assertThat(Bits.of(mine.adjoint)).isEqualTo(Bits.of(full.adjoint));
    assertThat(Bits.of(mine.field.parameterGradient()))
        .isEqualTo(Bits.of(full.field.parameterGradient()));
  }

  @ParameterizedTest
  @MethodSource("strategiesMethodsAndSteps")
  void exactStrategiesKeepWhatTheyDeclare(AdjointStrategy strategy, StepMethod method, int steps) {
    for (boolean readsResult : new boolean[] {false, true}) {
      SolveStatistics statistics = new Gradient(strategy, method, steps, readsResult).statistics;
      assertThat(statistics.peakSavedBytes())
          .isEqualTo(
              strategy
                  .cost(steps, method)
                  .peak()
                  .bytes(STATE_BYTES, readsResult, CubicSpiral.KEPT_BYTES));
      assertThat(statistics.acceptedSteps()).isEqualTo(steps);
    }
  }

  @ParameterizedTest
  @MethodSource("strategiesMethodsAndSteps")
  void exactStrategiesKeepBetweenThePassesWhatTheyDeclare(
      AdjointStrategy strategy, StepMethod method, int steps) {
    SolveCounter counter = new SolveCounter();
    INDArray y1 = pool.borrow(2);
    try (Trajectory trajectory =
        strategy.solve(
            problem(CubicSpiral.reference(), method, steps, counter),
            CubicSpiral.state(0.6, 0.3),
            y1)) {
      assertThat(trajectory).isNotNull();
      assertThat(counter.savedBytes())
          .isEqualTo(
              strategy
                  .cost(steps, method)
                  .between()
                  .bytes(STATE_BYTES, false, CubicSpiral.KEPT_BYTES));
    }
    pool.giveBack(y1);
    assertThat(counter.savedBytes()).isZero();
    assertThat(pool.bytesInUse()).isZero();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void fullStorageRecomputesNothing(StepMethod method) {
    SolveStatistics statistics = new Gradient(new FullStorage(), method, 7, false).statistics;
    assertThat(statistics.recomputedEvaluations()).isZero();
    assertThat(statistics.forwardEvaluations()).isGreaterThan(7L * method.stages());
    assertThat(statistics.pushforwards()).isPositive();
    assertThat(statistics.pullbacks()).isGreaterThan(7L * method.stages());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void strategiesThatSolveTheAdjointEquationsThemselvesRefuseThem(
      AdjointStrategy strategy, StepMethod method) {
    assertThatThrownBy(() -> strategy.check(method, new FixedSteps(4)))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            refusal ->
                assertThat(refusal.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
        .hasMessageContaining(method.toString())
        .hasMessageContaining("AnodeCheckpoint");
  }

  private InitialValueProblem problem(
      CubicSpiral field, StepMethod method, int steps, SolveCounter counter) {
    return new InitialValueProblem(
        counter.counting(field), method, new FixedSteps(steps), 0, 2, counter, pool);
  }

  /** y(2) and the gradient of y1 + y2 there, from y(0) = (0.6, 0.3). */
  private final class Gradient {
    final CubicSpiral field;
    final INDArray y1;
    final INDArray adjoint = CubicSpiral.state(1, 1);
    final SolveStatistics statistics;

    Gradient(AdjointStrategy strategy, StepMethod method, int steps, boolean readsResult) {
      field = readsResult ? CubicSpiral.referenceThatReadsItsResult() : CubicSpiral.reference();
      SolveCounter counter = new SolveCounter();
      INDArray end = pool.borrow(2);
      try (Trajectory trajectory =
          strategy.solve(
              problem(field, method, steps, counter), CubicSpiral.state(0.6, 0.3), end)) {
        y1 = end.dup();
        // whoever gets the result may overwrite it
        end.assign(Double.NaN);
        pool.giveBack(end);
        trajectory.pullback(adjoint);
      }
      statistics = counter.statistics();
    }
  }
}
