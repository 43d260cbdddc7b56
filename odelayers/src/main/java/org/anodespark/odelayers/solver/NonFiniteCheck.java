/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.Locale;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Looks for NaN and infinity. Only the end of a solve is looked at, which costs one reading of one
 * array, because what is not finite stays so; when it is found, the solve is walked through once
 * more to say where it began.
 */
public final class NonFiniteCheck {
  private NonFiniteCheck() {}

  /** Whether no entry is NaN or infinite. */
  public static boolean isFinite(INDArray array) {
    // a sum of magnitudes tells in one reading, unless it overflows itself
    return Double.isFinite(Nd4j.getBlasWrapper().level1().asum(array))
        || !(array.isNaN().any() || array.isInfinite().any());
  }

  /**
   * Checks an initial state.
   *
   * @throws OdeSolveException with reason {@code NON_FINITE_INPUT}
   */
  public static void requireFiniteInput(INDArray y0) {
    if (!isFinite(y0)) {
      throw new OdeSolveException(
          FailureReason.NON_FINITE_INPUT,
          "the initial state holds NaN or infinity before any step was taken; look at the data and"
              + " at the layers in front.");
    }
  }

  /**
   * Says where a solve whose final state is not finite stops being so.
   *
   * @param problem what was solved
   * @param y0 its initial state
   * @param grid the steps that were taken
   * @throws OdeSolveException always, with the first step that leads to NaN or infinity
   */
  static void locate(InitialValueProblem problem, INDArray y0, TimeGrid grid) {
    Step first = grid.step(0);
    try {
      requireFiniteInput(y0);
    } catch (OdeSolveException e) {
      throw e.inStep(0, first.start(), first.length());
    }
    problem.on(grid).solve(y0, null, new FirstNonFiniteStep()).last().giveBack(problem.pool());
    throw new OdeSolveException(
        FailureReason.NON_FINITE_DYNAMICS,
        "the final state holds NaN or infinity, but that of a second solve does not; f must give"
            + " the same bits for the same arguments.");
  }

  /**
   * What is known about a step from a finite state that leads to none.
   *
   * @param problem what is solved
   * @param step the step
   * @param y state at the start of the step, whole
   */
  public static OdeSolveException describe(InitialValueProblem problem, Step step, INDArray y) {
    return new OdeSolveException(
        FailureReason.NON_FINITE_DYNAMICS,
        String.format(
            Locale.ROOT,
            "%s; the largest entry of y there is %.4g. Weights that have grown out of bounds are"
                + " the usual cause: lower the learning rate, or take more steps.",
            culprit(problem, step, y),
            y.amaxNumber().doubleValue()));
  }

  private static String culprit(InitialValueProblem problem, Step step, INDArray y) {
    INDArray slope = problem.pool().borrow(y.shape());
    try {
      problem.field().evaluate(step.start(), y, slope);
      if (isFinite(slope)) {
        return "a stage of the step gives NaN or infinity, although f(t, y) at its start is finite";
      }
      String layer = problem.field().locateNonFinite(step.start(), y);
      return "f(t, y) at the start of the step holds NaN or infinity"
          + (layer.isEmpty() ? "" : ", first in " + layer);
    } finally {
      problem.pool().giveBack(slope);
    }
  }

  /** Keeps nothing, and stops where the state stops being finite. */
  private static final class FirstNonFiniteStep implements StepRecorder {
    @Override
    public void attempt(
        InitialValueProblem problem, Step step, SolverState from, SolverState to, INDArray error) {
      StepRecorder.super.attempt(problem, step, from, to, error);
      if (!isFinite(to.y())) {
        throw describe(problem, step, from.y());
      }
    }
  }
}
