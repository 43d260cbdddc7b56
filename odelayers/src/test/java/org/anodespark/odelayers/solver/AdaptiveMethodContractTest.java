/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What holds for every method with an error estimate under adaptive step control; a subclass names
 * the method, a tight tolerance and the error that goes with it.
 */
public abstract class AdaptiveMethodContractTest {
  private static final int EVALUATIONS_OF_THE_FIRST_STEP = 2;

  private final StepMethod method;
  private final double tight;
  private final double greatestError;

  protected AdaptiveMethodContractTest(StepMethod method, double tight, double greatestError) {
    this.method = method;
    this.tight = tight;
    this.greatestError = greatestError;
  }

  static Stream<TestProblem> detest() {
    return Stream.concat(TestProblem.classA().stream(), TestProblem.classB().stream());
  }

  @ParameterizedTest
  @MethodSource("detest")
  void comesToTheKnownEnd(TestProblem problem) {
    Solved solved = Solved.of(problem, method, new AdaptiveSteps(tight, tight));
    assertThat(problem.error(problem.end(), solved.end())).isLessThan(greatestError);
  }

  @Test
  void errsLessAndWorksMoreAsTheToleranceFalls() {
    double error = Double.POSITIVE_INFINITY;
    long evaluations = 0;
    for (double tolerance : new double[] {1e-3, 1e-4, 1e-5, 1e-6}) {
      Solved solved = Solved.of(TestProblem.DECAY, method, new AdaptiveSteps(tolerance, tolerance));
      double present = TestProblem.DECAY.error(TestProblem.DECAY.end(), solved.end());
      assertThat(present).isLessThan(Math.min(error, 5 * tolerance));
      assertThat(solved.statistics().forwardEvaluations()).isGreaterThan(evaluations);
      error = present;
      evaluations = solved.statistics().forwardEvaluations();
    }
  }

  @Test
  void evaluatesTheFieldTwiceToBeginAndOnceForEachStageOfATrial() {
    AtomicLong evaluations = new AtomicLong();
    VectorField field = counted(TestProblem.VAN_DER_POL, evaluations);
    Solved solved =
        Solved.of(
            field, TestProblem.VAN_DER_POL.initial(), 0, 12, method, new AdaptiveSteps(1e-3, 1e-3));
    assertThat(solved.statistics().rejectedSteps()).isPositive();
    assertThat(solved.statistics().forwardEvaluations())
        .isEqualTo(evaluations.get())
        .isEqualTo(
            method.startEvaluations()
                + EVALUATIONS_OF_THE_FIRST_STEP
                + method.stages() * solved.trials());
  }

  @Test
  void evaluatesNothingToBeginIfTheFirstStepIsGiven() {
    Solved solved =
        Solved.of(
            TestProblem.VAN_DER_POL,
            method,
            new AdaptiveSteps.Builder(1e-3, 1e-3).firstStep(0.5).build());
    assertThat(solved.grid().step(0).length()).isLessThan(0.5);
    assertThat(solved.statistics().forwardEvaluations())
        .isEqualTo(method.startEvaluations() + method.stages() * solved.trials());
  }

  @Test
  void replaysItsAcceptedStepsWithTheSameBits() {
    Solved solved = Solved.of(TestProblem.VAN_DER_POL, method, new AdaptiveSteps(1e-3, 1e-3));
    Solved replayed = Solved.of(TestProblem.VAN_DER_POL, method, new RecordedSteps(solved.grid()));
    assertThat(Bits.of(replayed.end())).isEqualTo(Bits.of(solved.end()));
    assertThat(replayed.grid()).isEqualTo(solved.grid());
    assertThat(replayed.statistics().forwardEvaluations())
        .isEqualTo(
            method.startEvaluations() + method.stages() * solved.statistics().acceptedSteps());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "0.1, 0.7", "-3, 0.1", "1e6, 1000000.1", "0.7, -1e-9"})
  void endsExactlyAtTheEnd(double start, double end) {
    INDArray y = TestProblem.state(1, 0.1);
    Solved solved =
        Solved.of(TestProblem.DECAY.field(), y, start, end, method, new AdaptiveSteps(1e-3, 1e-6));
    assertThat(solved.grid().start()).isEqualTo(start);
    assertThat(solved.grid().end()).isEqualTo(end);
    assertThat(solved.end().getDouble(0) * Math.exp(end - start)).isBetween(0.99, 1.01);
  }

  @Test
  void comesBackToWhereItStarted() {
    TestProblem problem = TestProblem.CUBIC_SPIRAL;
    AdaptiveSteps control = new AdaptiveSteps(1e-5, 1e-5);
    INDArray end = Solved.of(problem, method, control).end();
    INDArray back = Solved.of(problem.field(), end, problem.end(), 0, method, control).end();
    assertThat(back.distance2(problem.initial())).isLessThan(1e-3);
  }

  @Test
  void givesBackAllItsBuffers() {
    assertThat(
            Solved.of(TestProblem.VAN_DER_POL, method, new AdaptiveSteps(1e-3, 1e-3)).bytesLeft())
        .isZero();
  }

  private static VectorField counted(TestProblem problem, AtomicLong evaluations) {
    VectorField field = problem.field();
    return new FunctionField(
        (t, y) -> {
          evaluations.incrementAndGet();
          INDArray slope = problem.empty();
          field.evaluate(t, TestProblem.state(y), slope);
          return slope.toDoubleVector();
        });
  }
}
