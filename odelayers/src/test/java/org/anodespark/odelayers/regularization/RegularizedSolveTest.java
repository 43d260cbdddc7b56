/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.PiecewiseTrajectory;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Tableaus;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Regularised solves beyond a single one by a strategy with adaptive steps. */
class RegularizedSolveTest {
  private static final double TOLERANCE = 1e-3;
  private static final double MIDDLE = 0.8;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<AdjointStrategy> strategiesForFixedSteps() {
    return Stream.of(new FullStorage(), new Revolve(1), new Revolve(3));
  }

  @ParameterizedTest
  @MethodSource("strategiesForFixedSteps")
  void regularisesStiffnessOfFixedSteps(AdjointStrategy strategy) {
    RegularizedLoss mine =
        RegularizedLoss.of(
            strategy, new Tsitouras(), new FixedSteps(5), List.of(new StiffnessEstimate(3)), pool);
    TimeGrid grid = TimeGrid.equalSteps(0, RegularizedLoss.END, 5);
    double[] differences =
        RegularizedLoss.differences(
            theta -> {
              PlainSolve solve = plain(theta).on(grid);
              return RegularizedLoss.weighted(solve.y()) + 3 * largestStiffness(solve);
            },
            TanhLayers.parameters());
    assertThat(RegularizedLoss.relativeError(mine.parameterGradient(), differences))
        .isLessThan(1e-7);
  }

  @Test
  void regularisesTheStepsBeforeAndAfterAnOutputTimeTogether() {
    StepControl control = new AdaptiveSteps(TOLERANCE, TOLERANCE);
    TanhLayers field = new TanhLayers(TanhLayers.parameters());
    InitialValueProblem problem = RegularizedLoss.problem(field, new Tsitouras(), control, pool);
    INDArray y0 = TanhLayers.array(TanhLayers.state());
    List<INDArray> outputs = List.of(y0.ulike(), y0.ulike());
    INDArray adjoint = y0.ulike();
    try (RegularizedSolve solve =
            new RegularizerSet(List.of(new ErrorEstimate(20), new StiffnessEstimate(3)))
                .begin(problem, y0);
        PiecewiseTrajectory trajectory =
            PiecewiseTrajectory.solve(
                new AnodeCheckpoint(),
                solve.problem(),
                new double[] {MIDDLE, RegularizedLoss.END},
                y0,
                outputs)) {
      solve.finish(0, 0, 1);
      trajectory.pullback(
          List.of(Nd4j.zerosLike(y0), TanhLayers.array(RegularizedLoss.weights())), adjoint);
      solve.pullback();
    }
    InitialValueProblem inPieces = problem.inPieces();
    TimeGrid before = inPieces.between(0, MIDDLE).solve(y0, y0.ulike());
    TimeGrid after =
        inPieces.between(MIDDLE, RegularizedLoss.END).solve(outputs.get(0), y0.ulike());
    double[] differences =
        RegularizedLoss.differences(
            theta -> {
              PlainSolve solve = plain(theta).on(before).on(after);
              double errors =
                  solve.measures().stream()
                      .mapToDouble(step -> step.error() * step.length())
                      .average()
                      .orElseThrow();
              return RegularizedLoss.weighted(solve.y())
                  + 20 * errors
                  + 3 * largestStiffness(solve);
            },
            TanhLayers.parameters());
    assertThat(before.steps()).isGreaterThan(1);
    assertThat(
            RegularizedLoss.relativeError(field.parameterGradient().toDoubleVector(), differences))
        .isLessThan(1e-7);
  }

  @Test
  void hasTheSameBitsIfTheSecondSolveIsTakenWithTheFirstOneOrGivenUp() {
    double[] later = gradient(false, false);
    assertThat(gradient(true, false)).containsExactly(later);
    assertThat(gradient(true, true)).containsExactly(later);
  }

  private double[] gradient(boolean early, boolean reduced) {
    TanhLayers field = new TanhLayers(TanhLayers.parameters());
    InitialValueProblem problem =
        RegularizedLoss.problem(
            field, new Tsitouras(), new AdaptiveSteps(TOLERANCE, TOLERANCE), pool);
    INDArray y0 = TanhLayers.array(TanhLayers.state());
    AnodeCheckpoint strategy = new AnodeCheckpoint();
    try (RegularizedSolve solve =
            new RegularizerSet(List.of(new ErrorEstimate(20))).begin(problem, y0);
        Trajectory trajectory =
            early
                ? strategy.solveToDifferentiateNext(solve.problem(), y0, y0.ulike())
                : strategy.solve(solve.problem(), y0, y0.ulike())) {
      solve.finish(0, 0, 1);
      if (reduced) {
        trajectory.reduce();
      }
      trajectory.pullback(TanhLayers.array(RegularizedLoss.weights()));
    }
    return field.parameterGradient().toDoubleVector();
  }

  private static PlainSolve plain(double[] theta) {
    return new PlainSolve(
        Tableaus.tsitouras(), new TanhLayers(theta), TanhLayers.state(), TOLERANCE, TOLERANCE);
  }

  private static double largestStiffness(PlainSolve solve) {
    return solve.measures().stream().mapToDouble(step -> step.stiffness()).max().orElseThrow()
        / new Tsitouras().stabilityRadius();
  }
}
