/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.ParameterIntegral;
import org.anodespark.odelayers.adjoint.PiecewiseTrajectory;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How solves fail: soon, for a reason that a program can read, and without keeping buffers. */
@Timeout(30)
class SolveFailureTest {
  private static final StepControl FIXED = new FixedSteps(10);
  private static final StepControl ADAPTIVE = new AdaptiveSteps(1e-6, 1e-6);
  private static final VectorField DECAY = new FunctionField((t, y) -> new double[] {-y[0]});

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  @AfterEach
  void nothingIsLeftBorrowed() {
    assertThat(pool.bytesInUse()).isZero();
  }

  /** With and without a carried slope, by equal and by adaptive steps. */
  static Stream<Arguments> methodsAndControls() {
    return Stream.of(new HeunEuler(), new DormandPrince())
        .flatMap(method -> Stream.of(FIXED, ADAPTIVE).map(each -> Arguments.of(method, each)));
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void namesAnInputThatIsNoNumber(StepMethod method, StepControl control) {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      OdeSolveException failure = failure(DECAY, TestProblem.state(bad), method, control);
      assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_INPUT);
      assertThat(failure)
          .hasMessageStartingWith("step 0 at t = 0.0 with h = ")
          .hasMessageContaining("the initial state holds NaN or infinity");
    }
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void findsTheTimeFromWhichTheFieldIsNoNumber(StepMethod method, StepControl control) {
    OdeSolveException failure = failure(brokenAfter(0.3), TestProblem.state(1), method, control);
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(timeOf(failure)).isCloseTo(0.3, within(1e-12));
    assertThat(failure)
        .hasMessageContaining("a stage of the step gives NaN or infinity, although f(t, y) at its")
        .hasMessageContaining("the largest entry of y there is 0.74");
  }

  @Test
  void countsTheStepsBeforeTheOneThatBreaks() {
    OdeSolveException failure =
        failure(brokenAfter(0.3), TestProblem.state(1), new ClassicRungeKutta(), FIXED);
    assertThat(failure).hasMessageStartingWith("step 3 at t = 0.3 with h = 0.1");
  }

  @Test
  void namesTheLayerThatGivesNoNumber() {
    VectorField named =
        new Wrapped(brokenAfter(0.25)) {
          @Override
          public String locateNonFinite(double t, INDArray y) {
            return "layer 2 (DenseLayer)";
          }
        };
    assertThat(failure(named, TestProblem.state(1), new Euler(), FIXED))
        .hasMessageStartingWith("step 3 at t = 0.3 with h = 0.1")
        .hasMessageContaining(
            "f(t, y) at the start of the step holds NaN or infinity, first in layer 2"
                + " (DenseLayer); the largest entry of y there is 0.729");
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void namesAFieldThatIsNoNumberFromTheStart(StepMethod method, StepControl control) {
    OdeSolveException failure = failure(brokenAfter(-1), TestProblem.state(1), method, control);
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(failure)
        .hasMessageStartingWith("step 0 at t = 0.0 with h = ")
        .hasMessageContaining("f(t, y) at the start of the step holds NaN or infinity");
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void failsWhereTheFieldOverflows(StepMethod method, StepControl control) {
    VectorField field =
        new FunctionField((t, y) -> new double[] {t < 0.45 ? 1 : Math.exp(900 * y[0]) * 1e300});
    OdeSolveException failure = failure(field, TestProblem.state(1), method, control);
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(timeOf(failure)).isBetween(0.39, 0.5);
  }

  @Test
  void failsInSinglePrecisionWhereTheStateOverflows() {
    ArrayPool floats = new ArrayPool(DataType.FLOAT);
    INDArray y = Nd4j.createFromArray(1e30f, 1e30f);
    VectorField field = new FunctionField((t, x) -> new double[] {100 * x[0], 100 * x[1]});
    InitialValueProblem problem =
        new InitialValueProblem(field, new Euler(), FIXED, 0, 1, new SolveCounter(), floats);
    OdeSolveException failure =
        catchThrowableOfType(OdeSolveException.class, () -> problem.solve(y, y.ulike()));
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(floats.bytesInUse()).isZero();
  }

  /** Their sum of magnitudes overflows, they do not. */
  @Test
  void takesGreatNumbersForNumbers() {
    INDArray y = TestProblem.state(Double.MAX_VALUE, -Double.MAX_VALUE);
    INDArray end = y.ulike();
    problem(new FunctionField((t, x) -> new double[] {0, 0}), new Euler(), FIXED).solve(y, end);
    assertThat(Bits.of(end)).isEqualTo(Bits.of(y));
  }

  @Test
  void accusesAFieldThatGivesOtherBitsAtASecondSolve() {
    AtomicInteger calls = new AtomicInteger();
    VectorField moody =
        new FunctionField(
            (t, y) -> new double[] {calls.incrementAndGet() == 5 ? Double.NaN : -y[0]});
    OdeSolveException failure = failure(moody, TestProblem.state(1), new Euler(), FIXED);
    assertThat(failure.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS);
    assertThat(failure).hasMessageContaining("f must give the same bits for the same arguments");
  }

  /** y' = y^2 from 1 has its pole at t = 1. */
  @Test
  void failsAtAPole() {
    VectorField field = new FunctionField((t, y) -> new double[] {y[0] * y[0]});
    for (StepMethod method : List.of(new HeunEuler(), new DormandPrince())) {
      SolveCounter counter = new SolveCounter();
      InitialValueProblem problem =
          new InitialValueProblem(
              counter.counting(field),
              method,
              new AdaptiveSteps(1e-3, 1e-3),
              0,
              2,
              new SolveCounter(),
              pool);
      OdeSolveException failure = failure(problem, TestProblem.state(1));
      assertThat(failure.reason()).isEqualTo(FailureReason.STEP_UNDERFLOW);
      assertThat(timeOf(failure)).isCloseTo(1, within(1e-3));
      assertThat(failure)
          .hasMessageMatching("step \\d+ at t = (0.99|1.0).* with h = .*")
          .hasMessageContaining("below the least one of")
          .hasMessageContaining("the latest trials are (t = ")
          .hasMessageContaining("Raise the tolerances, or look for a jump or a singularity of f");
    }
  }

  @Test
  void failsAtAJumpThatNoStepIsShortEnoughFor() {
    VectorField field = new FunctionField((t, y) -> new double[] {t < 0.5 ? 1 : -1});
    OdeSolveException failure =
        failure(field, TestProblem.state(0), new DormandPrince(), new AdaptiveSteps(0, 1e-20));
    assertThat(failure.reason()).isEqualTo(FailureReason.STEP_UNDERFLOW);
    assertThat(timeOf(failure)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void failsWhereTheLeastStepIsTooLong() {
    AdaptiveSteps control = new AdaptiveSteps.Builder(1e-8, 1e-8).stepLengths(0.25, 1).build();
    OdeSolveException failure =
        failure(
            TestProblem.VAN_DER_POL.field(), TestProblem.state(2, 0), new DormandPrince(), control);
    assertThat(failure.reason()).isEqualTo(FailureReason.STEP_UNDERFLOW);
    assertThat(failure)
        .hasMessageStartingWith("step 0 at t = 0.0 with h = ")
        .hasMessageContaining("below the least one of 0.250; the largest entry of y is 2.000");
  }

  @Test
  void failsAfterTheGreatestNumberOfTrials() {
    AdaptiveSteps control = new AdaptiveSteps.Builder(1e-6, 1e-6).maximumSteps(7).build();
    InitialValueProblem problem =
        new InitialValueProblem(
            TestProblem.VAN_DER_POL.field(),
            new DormandPrince(),
            control,
            12,
            0,
            new SolveCounter(),
            pool);
    OdeSolveException failure = failure(problem, TestProblem.state(2, 0));
    assertThat(failure.reason()).isEqualTo(FailureReason.TOO_MANY_STEPS);
    assertThat(failure)
        .hasMessageMatching("step [1-7] at t = 1[01][.].* with h = -.*")
        .hasMessageContaining("7 trial steps, ")
        .hasMessageContaining("on the way to t = 0.00000")
        .hasMessageContaining("Raise maximumSteps or the tolerances, or use FixedSteps.");
  }

  /** However many trials a solve takes, no more than five are told of. */
  @Test
  void tellsOfTheLatestTrials() {
    AdaptiveSteps control = new AdaptiveSteps.Builder(1e-6, 1e-6).maximumSteps(20).build();
    OdeSolveException failure =
        failure(TestProblem.VAN_DER_POL.field(), TestProblem.state(2, 0), new HeunEuler(), control);
    assertThat(failure.getMessage().split("error = ", -1)).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void addsTheStepToWhatAFieldThrows(StepMethod method, StepControl control) {
    OdeSolveException failure = failure(throwingAfter(0.55), TestProblem.state(1), method, control);
    assertThat(failure.reason()).isEqualTo(FailureReason.WRONG_SHAPE);
    assertThat(failure).hasMessageMatching("step \\d+ at t = 0[.][2345].* with h = .*: bad shape");
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void addsTheStepToWhatAFieldThrowsAtTheVeryStart(StepMethod method, StepControl control) {
    assertThat(failure(throwingAfter(-1), TestProblem.state(1), method, control))
        .hasMessageMatching("step 0 at t = 0.0 with h = 0.[01]: bad shape");
  }

  @Test
  void addsTheStepToWhatAFieldThrowsAtTheGuessOfTheFirstStep() {
    assertThat(failure(throwingAfter(0), TestProblem.state(1), new HeunEuler(), ADAPTIVE))
        .hasMessageMatching("step 0 at t = 0.0 with h = 0.0: bad shape");
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void refusesABatchOfNoExamples(StepMethod method, StepControl control) {
    OdeSolveException failure = failure(DECAY, Nd4j.create(DataType.DOUBLE, 0, 4), method, control);
    assertThat(failure.reason()).isEqualTo(FailureReason.EMPTY_STATE);
    assertThat(failure)
        .hasMessageContaining("the initial state has shape [0, 4], which holds nothing");
  }

  @ParameterizedTest
  @MethodSource("methodsAndControls")
  void solvesABatchOfOne(StepMethod method, StepControl control) {
    INDArray y0 = TestProblem.state(1).reshape(1, 1, 1, 1);
    INDArray end = y0.ulike();
    problem(DECAY, method, control).solve(y0, end);
    assertThat(end.getDouble(0)).isCloseTo(Math.exp(-1), within(2e-3));
  }

  @Test
  void takesAHundredThousandSteps() {
    INDArray end = TestProblem.state(0);
    new InitialValueProblem(
            DECAY, new Euler(), new FixedSteps(100_000), 0, 1, new SolveCounter(), pool)
        .solve(TestProblem.state(1), end);
    assertThat(end.getDouble(0)).isCloseTo(Math.exp(-1), within(2e-6));
  }

  static Stream<Arguments> strategiesAndControls() {
    return Stream.of(
            new FullStorage(), new StepCheckpoint(), new AnodeCheckpoint(), new Interpolated())
        .flatMap(strategy -> Stream.of(FIXED, ADAPTIVE).map(each -> Arguments.of(strategy, each)));
  }

  @ParameterizedTest
  @MethodSource("strategiesAndControls")
  void leavesNothingBorrowedUnderAnyStrategy(AdjointStrategy strategy, StepControl control) {
    INDArray end = TestProblem.state(0);
    for (VectorField field : List.of(throwingAfter(0.55), brokenAfter(0.55))) {
      InitialValueProblem problem = problem(field, new DormandPrince(), control);
      assertThatThrownBy(() -> strategy.solve(problem, TestProblem.state(1), end))
          .isInstanceOf(OdeSolveException.class);
      assertThat(pool.bytesInUse()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("strategiesAndControls")
  void leavesNothingBorrowedBehindAnOutputTime(AdjointStrategy strategy, StepControl control) {
    InitialValueProblem problem = problem(throwingAfter(0.55), new DormandPrince(), control);
    double[] times = {0.25, 0.5, 0.75};
    List<INDArray> outputs =
        List.of(TestProblem.state(0), TestProblem.state(0), TestProblem.state(0));
    assertThatThrownBy(
            () ->
                PiecewiseTrajectory.solve(strategy, problem, times, TestProblem.state(1), outputs))
        .isInstanceOf(OdeSolveException.class);
    assertThat(pool.bytesInUse()).isZero();
  }

  @ParameterizedTest
  @EnumSource(ParameterIntegral.class)
  void leavesNothingBorrowedWhenTheSolveBackwardsFails(ParameterIntegral integral) {
    AtomicBoolean broken = new AtomicBoolean();
    VectorField field =
        new FunctionField(
            (t, y) -> {
              if (broken.get()) {
                throw new OdeSolveException(FailureReason.WRONG_SHAPE, "bad shape");
              }
              return new double[] {-y[0]};
            });
    InitialValueProblem problem = problem(field, new DormandPrince(), FIXED);
    try (Trajectory trajectory =
        new ReverseTime(FIXED, integral)
            .solve(problem, TestProblem.state(1), TestProblem.state(0))) {
      broken.set(true);
      assertThatThrownBy(() -> trajectory.pullback(TestProblem.state(1)))
          .isInstanceOf(OdeSolveException.class);
    }
    assertThat(pool.bytesInUse()).isZero();
  }

  private OdeSolveException failure(
      VectorField field, INDArray y0, StepMethod method, StepControl control) {
    return failure(problem(field, method, control), y0);
  }

  private static OdeSolveException failure(InitialValueProblem problem, INDArray y0) {
    return catchThrowableOfType(
        OdeSolveException.class, () -> problem.solve(y0, y0.isEmpty() ? y0 : y0.ulike()));
  }

  private InitialValueProblem problem(VectorField field, StepMethod method, StepControl control) {
    return new InitialValueProblem(field, method, control, 0, 1, new SolveCounter(), pool);
  }

  /** The time that the message begins with. */
  private static double timeOf(OdeSolveException failure) {
    String message = failure.getMessage();
    return Double.parseDouble(
        message.substring(message.indexOf("t = ") + 4, message.indexOf(" with h")));
  }

  private static VectorField brokenAfter(double time) {
    return new FunctionField((t, y) -> new double[] {t > time ? Double.NaN : -y[0]});
  }

  private static VectorField throwingAfter(double time) {
    return new FunctionField(
        (t, y) -> {
          if (t > time) {
            throw new OdeSolveException(FailureReason.WRONG_SHAPE, "bad shape");
          }
          return new double[] {-y[0]};
        });
  }

  private static class Wrapped implements VectorField {
    private final VectorField field;

    Wrapped(VectorField field) {
      this.field = field;
    }

    @Override
    public void evaluate(double t, INDArray y, INDArray out) {
      field.evaluate(t, y, out);
    }

    @Override
    public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
      return field.evaluateAndKeep(t, y, out);
    }
  }
}
