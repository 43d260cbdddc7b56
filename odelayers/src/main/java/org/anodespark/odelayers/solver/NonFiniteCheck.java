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

  /** Whether every entry is a number; the sum of magnitudes of an array tells. */
  public static boolean isFinite(INDArray array) {
    return Double.isFinite(Nd4j.getBlasWrapper().level1().asum(array));
  }

  /**
   * Checks an initial state.
   *
   * @throws OdeSolveException with reason {@code NON_FINITE_INPUT}
   */
  public static void requireFiniteInput(INDArray y0) {
    if (!isFinite(y0)) {
      throw badInput();
    }
  }

  private static OdeSolveException badInput() {
    return new OdeSolveException(
        FailureReason.NON_FINITE_INPUT,
        "the initial state holds NaN or infinity before any step was taken; look at the data and at"
            + " the layers in front.");
  }

  /** Says where a solve over the given steps stops being finite. */
  static OdeSolveException locate(InitialValueProblem problem, INDArray y0, TimeGrid grid) {
    if (!isFinite(y0)) {
      return badInput();
    }
    StepMethod method = problem.method();
    SolverState from = SolverState.around(y0, method.carriedArrays(), problem.pool());
    method.start(problem.field(), grid.start(), from, problem.pool());
    for (int i = 0; i < grid.steps(); i++) {
      Step step = grid.step(i);
      SolverState to = SolverState.borrow(y0, method.carriedArrays(), problem.pool());
      method.advance(problem.field(), step, from, to, null, problem.pool());
      if (!isFinite(to.y())) {
        OdeSolveException failure = describe(problem, step, from.y());
        from.giveBack(problem.pool());
        to.giveBack(problem.pool());
        return failure.inStep(step.index(), step.start(), step.length());
      }
      from.giveBack(problem.pool());
      from = to;
    }
    from.giveBack(problem.pool());
    return new OdeSolveException(
        FailureReason.NON_FINITE_DYNAMICS,
        "the final state holds NaN or infinity, but a second solve does not; f must give the same"
            + " bits for the same arguments.");
  }

  /**
   * What is known about a step from a finite state that leads to none.
   *
   * @param y state at the start of the step
   */
  public static OdeSolveException describe(InitialValueProblem problem, Step step, INDArray y) {
    INDArray slope = problem.pool().borrow(y.shape());
    problem.field().evaluate(step.start(), y, slope);
    boolean first = !isFinite(slope);
    String layer = first ? problem.field().locateNonFinite(step.start(), y) : "";
    problem.pool().giveBack(slope);
    String what =
        first
            ? "f(t, y) at the start of the step holds NaN or infinity"
                + (layer.isEmpty() ? "" : ", first in " + layer)
            : "a stage of the step gives NaN or infinity, although f(t, y) at its start is finite";
    return new OdeSolveException(
        FailureReason.NON_FINITE_DYNAMICS,
        String.format(
            Locale.ROOT,
            "%s; the largest entry of y there is %.4g. Weights that have grown out of bounds are"
                + " the usual cause: lower the learning rate, or take more steps.",
            what,
            y.amaxNumber().doubleValue()));
  }
}
