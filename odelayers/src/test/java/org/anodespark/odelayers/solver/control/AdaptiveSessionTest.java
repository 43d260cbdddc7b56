/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.FunctionField;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.Solved;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepRecorder;
import org.anodespark.odelayers.solver.TestProblem;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The choice of steps by {@link AdaptiveSteps}, seen from outside. */
class AdaptiveSessionTest {
  private static final TestProblem VAN_DER_POL = TestProblem.VAN_DER_POL;

  private final StepMethod method = new DormandPrince();

  @Test
  void acceptsOrRejectsEachTrial() {
    AtomicInteger trials = new AtomicInteger();
    StepRecorder recorder =
        new StepRecorder() {
          @Override
          public void attempt(
              InitialValueProblem problem,
              Step step,
              SolverState from,
              SolverState to,
              INDArray error) {
            trials.incrementAndGet();
            StepRecorder.super.attempt(problem, step, from, to, error);
          }
        };
    SolveCounter counter = new SolveCounter();
    new InitialValueProblem(
            VAN_DER_POL.field(),
            method,
            new AdaptiveSteps(1e-4, 1e-4),
            0,
            12,
            counter,
            new ArrayPool(DataType.DOUBLE))
        .solve(VAN_DER_POL.initial(), null, recorder);
    assertThat(counter.statistics().rejectedSteps()).isPositive();
    assertThat(counter.statistics().acceptedSteps() + counter.statistics().rejectedSteps())
        .isEqualTo(trials.get());
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "0.4, 0.3, 0", "0.3, 0.3, 0.1"})
  void staysWithinTheToleranceUnderEachController(double p, double i, double d) {
    for (double tolerance : new double[] {1e-4, 1e-6, 1e-8}) {
      AdaptiveSteps control =
          new AdaptiveSteps.Builder(tolerance, tolerance).coefficients(p, i, d).build();
      for (TestProblem problem : List.of(VAN_DER_POL, TestProblem.CUBIC_SPIRAL)) {
        Solved solved = Solved.of(problem, method, control);
        assertThat(problem.error(problem.end(), solved.end())).isLessThan(5 * tolerance);
      }
    }
  }

  @Test
  void rejectsLessOftenUnderProportionalIntegralControl() {
    Solved elementary = Solved.of(VAN_DER_POL, method, new AdaptiveSteps(1e-6, 1e-6));
    AdaptiveSteps control = new AdaptiveSteps.Builder(1e-6, 1e-6).coefficients(0.4, 0.3, 0).build();
    Solved smooth = Solved.of(VAN_DER_POL, method, control);
    assertThat(smooth.statistics().rejectedSteps())
        .isPositive()
        .isLessThan(elementary.statistics().rejectedSteps());
  }

  @Test
  void takesNoStepLongerThanTheGreatest() {
    Solved solved =
        Solved.of(
            TestProblem.DECAY,
            method,
            new AdaptiveSteps.Builder(1, 1).stepLengths(0, 0.125).build());
    assertThat(solved.statistics().longestStep()).isEqualTo(0.125);
    assertThat(solved.statistics().acceptedSteps()).isBetween(32L, 40L);
  }

  @Test
  void takesNoStepShorterThanTheLeastButTheLast() {
    double least = 0.3;
    AdaptiveSteps.Builder builder = new AdaptiveSteps.Builder(1e-3, 1e-3);
    Solved free = Solved.of(TestProblem.DECAY, method, builder.build());
    assertThat(free.statistics().shortestStep()).isLessThan(least);
    TimeGrid grid =
        Solved.of(TestProblem.DECAY, method, builder.stepLengths(least, 4).build()).grid();
    for (int i = 0; i < grid.steps() - 1; i++) {
      assertThat(grid.step(i).length()).isGreaterThan(least - 1e-12);
    }
  }

  /** The guess at the first step is far shorter here, which is no reason to fail. */
  @Test
  void beginsWithTheLeastStepIfTheGuessIsShorter() {
    Solved solved =
        Solved.of(
            new FunctionField((t, y) -> new double[] {0}),
            TestProblem.state(1),
            0,
            10,
            method,
            new AdaptiveSteps.Builder(1e-6, 1e-6).stepLengths(0.5, 2).build());
    assertThat(solved.grid().step(0).length()).isEqualTo(0.5);
  }

  @Test
  void triesTheStepThatItIsGivenFirst() {
    Solved solved =
        Solved.of(
            TestProblem.DECAY,
            method,
            new AdaptiveSteps.Builder(1e-3, 1e-3).firstStep(0.25).build());
    assertThat(solved.grid().step(0)).isEqualTo(new Step(0, 0, 0.25));
  }

  @Test
  void takesOneStepIfTheIntervalIsShorterThanTheFirst() {
    Solved solved =
        Solved.of(
            TestProblem.DECAY, method, new AdaptiveSteps.Builder(1, 1).firstStep(100).build());
    assertThat(solved.trials()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -3.5})
  void solvesAFieldThatIsZero(double value) {
    Solved solved =
        Solved.of(
            new FunctionField((t, y) -> new double[] {0, 0}),
            TestProblem.state(value, 0),
            0,
            10,
            method,
            new AdaptiveSteps(1e-6, 1e-6));
    assertThat(solved.end().toDoubleVector()).containsExactly(value, 0);
    assertThat(solved.statistics().rejectedSteps()).isZero();
    assertThat(solved.trials()).isLessThan(12);
  }

  /** y stays where it is although f depends on it. */
  @Test
  void solvesAConstantSolutionOfAStiffField() {
    Solved solved =
        Solved.of(
            new FunctionField((t, y) -> new double[] {-1000 * (y[0] - 1)}),
            TestProblem.state(1),
            0,
            10,
            method,
            new AdaptiveSteps.Builder(1e-6, 1e-6).coefficients(0.4, 0.3, 0).build());
    assertThat(solved.end().getDouble(0)).isEqualTo(1);
  }

  /** Eigenvalue times step beyond -3.3 would not be stable, so there must be 300 steps. */
  @Test
  void findsTheStableStepOfAStiffField() {
    Solved solved =
        Solved.of(
            new FunctionField((t, y) -> new double[] {-1000 * (y[0] - Math.cos(t))}),
            TestProblem.state(0),
            0,
            1,
            method,
            new AdaptiveSteps(1e-4, 1e-4));
    assertThat(solved.end().getDouble(0)).isCloseTo(Math.cos(1), within(2e-3));
    assertThat(solved.statistics().acceptedSteps()).isBetween(250L, 600L);
  }

  /** With as many entries as BLAS adds up in one go: the last few of others are rounded apart. */
  @ParameterizedTest
  @EnumSource
  void takesTheSameStepsForTheSameBatchInAnotherOrder(ErrorNorm norm) {
    int examples = 32;
    INDArray batch = Nd4j.rand(DataType.DOUBLE, examples, 2).muli(0.8);
    int[] order = new Random(5).ints(0, examples).distinct().limit(examples).toArray();
    INDArray permuted = batch.ulike();
    for (int i = 0; i < examples; i++) {
      permuted.putRow(i, batch.getRow(order[i]));
    }
    Solved solved = solveSpirals(batch, norm);
    Solved other = solveSpirals(permuted, norm);
    assertThat(other.grid()).isEqualTo(solved.grid());
    for (int i = 0; i < examples; i++) {
      assertThat(other.end().getRow(i)).isEqualTo(solved.end().getRow(order[i]));
    }
  }

  @Test
  void isNeverCoarserForTheWorstExampleThanForTheMean() {
    INDArray batch = Nd4j.zeros(DataType.DOUBLE, 20, 2);
    batch.putRow(7, TestProblem.state(1, 0.5));
    Solved worst = solveSpirals(batch, ErrorNorm.WORST_SAMPLE);
    Solved mean = solveSpirals(batch, ErrorNorm.BATCH_RMS);
    assertThat(worst.statistics().acceptedSteps()).isGreaterThan(mean.statistics().acceptedSteps());
  }

  @Test
  void takesTheStepsOfTheWorstExampleAlone() {
    INDArray batch = Nd4j.zeros(DataType.DOUBLE, 20, 2);
    batch.putRow(7, TestProblem.state(1, 0.5));
    INDArray alone = TestProblem.state(1, 0.5).reshape(1, 2);
    TimeGrid together = solveSpirals(batch, ErrorNorm.WORST_SAMPLE).grid();
    TimeGrid single = solveSpirals(alone, ErrorNorm.BATCH_RMS).grid();
    assertThat(together.steps()).isEqualTo(single.steps());
    for (int i = 0; i < single.steps(); i++) {
      assertThat(together.step(i).end()).isCloseTo(single.step(i).end(), within(1e-9));
    }
  }

  @Test
  void solvesABatchOfImagesInSinglePrecision() {
    INDArray y0 = Nd4j.rand(DataType.FLOAT, 3, 2, 4, 4);
    for (ErrorNorm norm : ErrorNorm.values()) {
      Solved solved =
          Solved.of(
              new FunctionField((t, y) -> new double[] {-y[0], -y[1], -y[2], -y[3]}),
              y0,
              0,
              1,
              method,
              new AdaptiveSteps.Builder(1e-4, 1e-4).norm(norm).build());
      assertThat(solved.end().sub(y0.mul(Math.exp(-1))).amaxNumber().doubleValue())
          .isLessThan(1e-4);
    }
  }

  /** The second component is rough, but its error does not count. */
  @Test
  void measuresTheControlledPartOnly() {
    VectorField field =
        new FunctionField((t, y) -> new double[] {-y[0], 1000 * Math.cos(1000 * t)});
    INDArray y0 = TestProblem.state(1, 0);
    AdaptiveSteps control = new AdaptiveSteps(1e-6, 1e-6);
    SolveCounter counter = new SolveCounter();
    ArrayPool pool = new ArrayPool(DataType.DOUBLE);
    INDArray y1 = y0.ulike();
    TimeGrid grid =
        new InitialValueProblem(
                field,
                method,
                control,
                0,
                1,
                counter,
                pool,
                whole -> whole.get(NDArrayIndex.interval(0, 1)))
            .solve(y0, y1);
    Solved alone =
        Solved.of(
            new FunctionField((t, y) -> new double[] {-y[0]}),
            TestProblem.state(1),
            0,
            1,
            method,
            control);
    assertThat(grid).isEqualTo(alone.grid());
    assertThat(y1.getDouble(0)).isEqualTo(alone.end().getDouble(0));
    assertThat(pool.bytesInUse()).isZero();
  }

  /** f = -x / 2 up to t = 0.5, then x^2. */
  private static final VectorField KINK =
      new FunctionField((t, y) -> new double[] {t < 0.5 ? -0.5 * y[0] : y[0] * y[0]});

  /** x' = x^2 over half a unit of time from the decayed state. */
  private static final double END_OF_KINK = 1 / (Math.exp(0.25) - 0.5);

  private static final VectorField LEAP =
      new FunctionField((t, y) -> new double[] {(t < 0.3 ? 1 : t < 0.7 ? -10 : 5) * y[0]});

  private static final double END_OF_LEAP = Math.exp(0.3 - 4 + 1.5);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void needsFewerEvaluationsIfItKnowsWhereFieldsJump(boolean backwards) {
    assertJumpTimesHelp(KINK, 1, END_OF_KINK, backwards, 0.5);
    assertJumpTimesHelp(LEAP, 1, END_OF_LEAP, backwards, 0.3, 0.7);
  }

  private void assertJumpTimesHelp(
      VectorField field, double atStart, double atEnd, boolean backwards, double... jumps) {
    for (StepMethod each : List.of(method, new HeunEuler())) {
      double tolerance = each.order() > 2 ? 1e-8 : 1e-5;
      double start = backwards ? 1 : 0;
      INDArray y0 = TestProblem.state(backwards ? atEnd : atStart);
      double expected = backwards ? atStart : atEnd;
      AdaptiveSteps.Builder builder = new AdaptiveSteps.Builder(tolerance, tolerance);
      Solved blind = Solved.of(field, y0, start, 1 - start, each, builder.build());
      Solved warned =
          Solved.of(field, y0, start, 1 - start, each, builder.jumpTimes(jumps).build());
      assertThat(warned.statistics().forwardEvaluations())
          .isLessThan(blind.statistics().forwardEvaluations());
      assertThat(warned.end().getDouble(0) / expected).isCloseTo(1, within(300 * tolerance));
    }
  }

  @Test
  void rejectsNothingAtAJumpThatItKnows() {
    VectorField field = new FunctionField((t, y) -> new double[] {t < 0.5 ? 1 : -1});
    VectorField otherSide = new FunctionField((t, y) -> new double[] {t <= 0.5 ? 1 : -1});
    AdaptiveSteps control = new AdaptiveSteps.Builder(1e-9, 1e-9).jumpTimes(0.5).build();
    for (VectorField each : List.of(field, otherSide)) {
      for (double[] interval : new double[][] {{0, 1}, {1, 0}, {0, 0.5}, {0.5, 1}, {0.5, 0}}) {
        Solved solved =
            Solved.of(each, TestProblem.state(0), interval[0], interval[1], method, control);
        double expected = Math.abs(interval[0] - 0.5) - Math.abs(interval[1] - 0.5);
        assertThat(solved.statistics().rejectedSteps()).isZero();
        assertThat(solved.end().getDouble(0)).isCloseTo(expected, within(1e-14));
      }
    }
  }

  @Test
  void doesNotShortenItsStepsForGoodBecauseAJumpCutOneShort() {
    List<Double> lengths = new ArrayList<>();
    TimeGrid grid =
        Solved.of(
                new FunctionField((t, y) -> new double[] {1}),
                TestProblem.state(0),
                0,
                10,
                method,
                new AdaptiveSteps.Builder(1e-6, 1e-6)
                    .firstStep(1)
                    .stepLengths(0, 1)
                    .jumpTimes(2.125)
                    .build())
            .grid();
    for (int i = 0; i < grid.steps(); i++) {
      lengths.add(Math.rint(grid.step(i).length() * 1000) / 1000);
    }
    assertThat(lengths)
        .containsExactly(1.0, 1.0, 0.125, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.875);
  }

  @Test
  void goesOnFromOnePieceToTheNextWithTheLengthThatWasDue() {
    InitialValueProblem inPieces =
        new InitialValueProblem(
                new FunctionField((t, y) -> new double[] {0}),
                method,
                new AdaptiveSteps.Builder(1e-6, 1e-6).firstStep(0.125).factors(0.2, 2).build(),
                0,
                8,
                new SolveCounter(),
                new ArrayPool(DataType.DOUBLE))
            .inPieces();
    INDArray y = TestProblem.state(1);
    INDArray next = TestProblem.state(0);
    // 0.125, 0.25, 0.5 and what is left of 1, and of 1 again, which then doubles
    TimeGrid first = inPieces.between(0, 1).solve(y, next);
    TimeGrid second = inPieces.between(1, 1.5).solve(next, y);
    TimeGrid third = inPieces.between(1.5, 8).solve(y, next);
    assertThat(first.steps()).isEqualTo(4);
    assertThat(second.steps()).isEqualTo(1);
    assertThat(third.step(0).length()).isEqualTo(1);
    assertThat(third.step(1).length()).isEqualTo(2);
  }

  private Solved solveSpirals(INDArray batch, ErrorNorm norm) {
    return Solved.of(
        TestProblem.CUBIC_SPIRAL.field(),
        batch,
        0,
        2,
        method,
        new AdaptiveSteps.Builder(1e-6, 1e-6).norm(norm).build());
  }
}
