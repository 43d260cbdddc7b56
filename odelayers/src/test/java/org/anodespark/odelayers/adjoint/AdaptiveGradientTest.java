/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Exact strategies under adaptive control differentiate the steps that were accepted, and consult
 * no controller again.
 */
class AdaptiveGradientTest {
  /** The first step is far too long, so that some trials are rejected. */
  private static final AdaptiveSteps CONTROL =
      new AdaptiveSteps.Builder(1e-5, 1e-5).firstStep(1.5).build();

  private static final double[] Y0 = {0.6, 0.3};
  private static final double[] A = {-0.1, 2, -2, -0.1};

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<Arguments> methodsAndStrategies() {
    return Stream.of(new HeunEuler(), new BogackiShampine(), new DormandPrince(), new Tsitouras())
        .flatMap(
            method ->
                Stream.of(
                        new FullStorage(),
                        new AnodeCheckpoint(),
                        new AnodeCheckpoint(new StepCheckpoint()),
                        new AnodeCheckpoint(new Revolve(3)),
                        new StepCheckpoint(),
                        new OnlineCheckpoint(1),
                        new OnlineCheckpoint(3))
                    .map(strategy -> Arguments.of(method, strategy)));
  }

  @ParameterizedTest
  @MethodSource("methodsAndStrategies")
  void isTheGradientOnTheFrozenGrid(StepMethod method, AdjointStrategy strategy) {
    Gradient gradient = new Gradient(strategy, method);
    TimeGrid grid = problem(new CubicSpiral(A[0], A[1], A[2], A[3]), method).solve(state(), end());
    double step = 1e-5;
    for (int i = 0; i < 2; i++) {
      double difference =
          (endSum(method, grid, A, moved(Y0, i, step))
                  - endSum(method, grid, A, moved(Y0, i, -step)))
              / (2 * step);
      assertThat(gradient.adjoint.getDouble(i)).isCloseTo(difference, within(1e-7));
    }
    for (int i = 0; i < 4; i++) {
      double difference =
          (endSum(method, grid, moved(A, i, step), Y0)
                  - endSum(method, grid, moved(A, i, -step), Y0))
              / (2 * step);
      assertThat(gradient.field.parameterGradient().getDouble(i))
          .isCloseTo(difference, within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("methodsAndStrategies")
  void hasTheBitsOfFullStorageAndGivesBackItsBuffers(StepMethod method, AdjointStrategy strategy) {
    long before = pool.bytesInUse();
    Gradient mine = new Gradient(strategy, method);
    Gradient full = new Gradient(new FullStorage(), method);
    assertThat(Bits.of(mine.y1)).isEqualTo(Bits.of(full.y1));
    assertThat(Bits.of(mine.adjoint)).isEqualTo(Bits.of(full.adjoint));
    assertThat(Bits.of(mine.field.parameterGradient()))
        .isEqualTo(Bits.of(full.field.parameterGradient()));
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("methodsAndStrategies")
  void costsWhatItDeclaresForTheAcceptedSteps(StepMethod method, AdjointStrategy strategy) {
    SolveStatistics statistics = new Gradient(strategy, method).statistics;
    int steps = Math.toIntExact(statistics.acceptedSteps());
    AdjointCost cost = strategy.cost(steps, method);
    assertThat(statistics.rejectedSteps()).isPositive();
    assertThat(statistics.forwardEvaluations())
        .isEqualTo(cost.forwardEvaluations() + statistics.rejectedSteps() * method.stages());
    assertThat(statistics.recomputedEvaluations()).isEqualTo(cost.recomputedEvaluations());
    assertThat(statistics.pullbacks()).isEqualTo(cost.pullbacks());
    assertThat(statistics.peakSavedBytes())
        .isLessThanOrEqualTo(
            cost.peak()
                .plus(rejectedTrial(strategy, method))
                .bytes(16, false, CubicSpiral.KEPT_BYTES));
  }

  /** A recorded trial is kept until it is judged. */
  private static Kept rejectedTrial(AdjointStrategy strategy, StepMethod method) {
    return strategy instanceof FullStorage
        ? new Kept(method.tapeArguments(), 0, method.stages())
        : new Kept(0, 0, 0);
  }

  private static double[] moved(double[] values, int index, double step) {
    double[] moved = values.clone();
    moved[index] += step;
    return moved;
  }

  private double endSum(StepMethod method, TimeGrid grid, double[] a, double[] y0) {
    INDArray y1 = end();
    problem(new CubicSpiral(a[0], a[1], a[2], a[3]), method)
        .on(grid)
        .solve(CubicSpiral.state(y0[0], y0[1]), y1);
    return y1.getDouble(0) + y1.getDouble(1);
  }

  private InitialValueProblem problem(CubicSpiral field, StepMethod method) {
    return new InitialValueProblem(field, method, CONTROL, 0, 2, new SolveCounter(), pool);
  }

  private static INDArray state() {
    return CubicSpiral.state(Y0[0], Y0[1]);
  }

  private static INDArray end() {
    return CubicSpiral.state(0, 0);
  }

  private final class Gradient {
    final CubicSpiral field = new CubicSpiral(A[0], A[1], A[2], A[3]);
    final INDArray y1 = end();
    final INDArray adjoint = CubicSpiral.state(1, 1);
    final SolveStatistics statistics;

    Gradient(AdjointStrategy strategy, StepMethod method) {
      this(strategy, method, CONTROL);
    }

    Gradient(AdjointStrategy strategy, StepMethod method, AdaptiveSteps control) {
      SolveCounter counter = new SolveCounter();
      InitialValueProblem problem =
          new InitialValueProblem(counter.counting(field), method, control, 0, 2, counter, pool);
      try (Trajectory trajectory = strategy.solve(problem, state(), y1)) {
        trajectory.pullback(adjoint);
      }
      statistics = counter.statistics();
    }
  }

  static Stream<AdjointStrategy> approximateStrategies() {
    return Stream.of(
        new ReverseTime(),
        new ReverseTime(null, ParameterIntegral.FULL_NORM),
        new ReverseTime(null, ParameterIntegral.QUADRATURE),
        new Interpolated());
  }

  @ParameterizedTest
  @MethodSource("approximateStrategies")
  void comesToTheExactGradientWithTheToleranceOfAContinuousAdjoint(AdjointStrategy strategy) {
    StepMethod method = new DormandPrince();
    double[] errors = new double[3];
    double[] tolerances = {1e-4, 1e-7, 1e-10};
    for (int i = 0; i < errors.length; i++) {
      AdaptiveSteps control = new AdaptiveSteps(tolerances[i], tolerances[i]);
      Gradient exact = new Gradient(new FullStorage(), method, control);
      Gradient approximate = new Gradient(strategy, method, control);
      errors[i] =
          approximate.adjoint.distance2(exact.adjoint)
              + approximate.field.parameterGradient().distance2(exact.field.parameterGradient());
    }
    assertThat(errors[0]).isBetween(1e-9, 1e-2);
    assertThat(errors[1]).isLessThan(errors[0] / 20);
    assertThat(errors[2]).isLessThan(errors[1] / 20).isLessThan(1e-7);
  }
}
