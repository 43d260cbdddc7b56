/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class InitialValueProblemTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  @Test
  void leavesTheInitialStateAsItIs() {
    INDArray y0 = TestProblem.state(1, 0.1);
    problem(0, 1, new FixedSteps(3)).solve(y0, y0.ulike());
    assertThat(Bits.of(y0)).isEqualTo(Bits.of(TestProblem.state(1, 0.1)));
  }

  @Test
  void writesTheResultIntoTheArrayOfItsCaller() {
    INDArray y1 = TestProblem.state(0, 0);
    Solution solution =
        problem(0, 1, new FixedSteps(3)).solve(TestProblem.state(1, 0.1), y1, StepRecorder.NOTHING);
    assertThat(solution.last().y()).isSameAs(y1);
    assertThat(y1.getDouble(0)).isCloseTo(Math.exp(-1), within(1e-3));
    solution.last().giveBack(pool);
    assertThat(pool.bytesInUse()).isZero();
  }

  @Test
  void lendsAnArrayForTheResultIfItsCallerGivesNone() {
    Solution solution =
        problem(0, 1, new FixedSteps(3))
            .solve(TestProblem.state(1, 0.1), null, StepRecorder.NOTHING);
    assertThat(solution.last().y().getDouble(0)).isCloseTo(Math.exp(-1), within(1e-3));
    assertThat(pool.bytesInUse()).isEqualTo(16);
    solution.last().giveBack(pool);
    assertThat(pool.bytesInUse()).isZero();
  }

  @Test
  void refusesAnIntervalWithoutLength() {
    assertThatThrownBy(() -> problem(1, 1, new FixedSteps(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from t = 1.0 to t = 1.0");
  }

  @Test
  void refusesAControlThatNeedsMoreThanTheMethodGives() {
    assertThatThrownBy(() -> problem(0, 1, new AdaptiveSteps(1e-3, 1e-3)))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION));
  }

  @Test
  void takesGivenStepsAsTheyAre() {
    TimeGrid grid = TimeGrid.of(0, 0.1, 0.5, 2);
    INDArray y1 = TestProblem.state(0, 0);
    assertThat(problem(5, 6, new FixedSteps(3)).on(grid).solve(TestProblem.state(1, 0.1), y1))
        .isEqualTo(grid);
    assertThat(y1.getDouble(0))
        .isCloseTo(decayed(0.1) * decayed(0.4) * decayed(1.5), within(1e-15));
  }

  /** What a step of the classical method over y' = -y leaves of 1. */
  private static double decayed(double h) {
    return 1 - h + h * h / 2 - h * h * h / 6 + h * h * h * h / 24;
  }

  @Test
  void callsItsRecorderInTurn() {
    List<String> calls = new ArrayList<>();
    StepRecorder recorder =
        new StepRecorder() {
          @Override
          public void begin(InitialValueProblem problem, SolverState initial) {
            calls.add("begin");
            StepRecorder.super.begin(problem, initial);
          }

          @Override
          public void attempt(
              InitialValueProblem problem,
              Step step,
              SolverState from,
              SolverState to,
              INDArray error) {
            calls.add("attempt " + step.index());
            StepRecorder.super.attempt(problem, step, from, to, error);
          }

          @Override
          public boolean accept(Step step, SolverState from) {
            calls.add("accept " + step.index());
            return false;
          }

          @Override
          public void reject() {
            calls.add("reject");
          }

          @Override
          public void close() {
            calls.add("close");
          }
        };
    AdaptiveSteps control =
        new AdaptiveSteps.Builder(1e-6, 1e-6).firstStep(1).maximumSteps(3).build();
    InitialValueProblem problem =
        new InitialValueProblem(
            TestProblem.DECAY.field(),
            new DormandPrince(),
            control,
            0,
            4,
            new SolveCounter(),
            pool);
    assertThatThrownBy(() -> problem.solve(TestProblem.state(1, 0.1), null, recorder))
        .isInstanceOf(OdeSolveException.class);
    assertThat(calls)
        .containsExactly(
            "begin",
            "attempt 0",
            "reject",
            "attempt 0",
            "accept 0",
            "attempt 1",
            "accept 1",
            "close");
  }

  private InitialValueProblem problem(double start, double end, StepControl control) {
    return new InitialValueProblem(
        TestProblem.DECAY.field(),
        new ClassicRungeKutta(),
        control,
        start,
        end,
        new SolveCounter(),
        pool);
  }
}
