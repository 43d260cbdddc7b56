/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is solved, and with what: dy/dt = f(t, y) from one time to another, forwards or backwards.
 *
 * @param field the right-hand side, already counted by {@code counter}
 * @param method the method of one step
 * @param control chooses the steps
 * @param start time of the initial state
 * @param end time of the final state, not {@code start}
 * @param counter counts what the solve does
 * @param pool lends the buffers
 * @param controlled the part of an array of the state's shape that step control looks at; the whole
 *     one but for systems that were put together of several
 */
public record InitialValueProblem(
    VectorField field,
    StepMethod method,
    StepControl control,
    double start,
    double end,
    SolveCounter counter,
    ArrayPool pool,
    UnaryOperator<INDArray> controlled) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a time is not finite or the times are equal
   * @throws OdeSolveException if method and control do not fit each other
   */
  public InitialValueProblem {
    TimeGrid.requireInterval(start, end);
    control.check(method);
  }

  /** A problem whose step control looks at the whole state. */
  public InitialValueProblem(
      VectorField field,
      StepMethod method,
      StepControl control,
      double start,
      double end,
      SolveCounter counter,
      ArrayPool pool) {
    this(field, method, control, start, end, counter, pool, UnaryOperator.identity());
  }

  /** The same problem over another interval. */
  public InitialValueProblem between(double newStart, double newEnd) {
    return new InitialValueProblem(
        field, method, control, newStart, newEnd, counter, pool, controlled);
  }

  /**
   * The same problem, to be solved in pieces {@linkplain #between between} times, one after the
   * other.
   */
  public InitialValueProblem inPieces() {
    return new InitialValueProblem(
        field, method, control.acrossPieces(), start, end, counter, pool, controlled);
  }

  /** The same problem by another method. */
  public InitialValueProblem by(StepMethod newMethod) {
    return new InitialValueProblem(
        field, newMethod, control, start, end, counter, pool, controlled);
  }

  /** The same problem on steps that are given. */
  public InitialValueProblem on(TimeGrid grid) {
    return new InitialValueProblem(
        field,
        method,
        new RecordedSteps(grid),
        grid.start(),
        grid.end(),
        counter,
        pool,
        controlled);
  }

  /**
   * Solves without keeping anything.
   *
   * @param y0 initial state, left as it is
   * @param y1 receives the final state; not {@code y0}
   * @return the times between which steps were taken
   * @throws OdeSolveException if the solve fails
   */
  public TimeGrid solve(INDArray y0, INDArray y1) {
    Solution solution = solve(y0, y1, StepRecorder.NOTHING);
    solution.last().giveBack(pool);
    return solution.grid();
  }

  /**
   * Solves.
   *
   * @param y0 initial state, left as it is
   * @param y1 receives the final state; not {@code y0}; null for an array of the pool, whose
   *     content then is not checked
   * @param recorder takes the steps and keeps of them what it wants; closed if the solve fails
   * @return the end of the solve, whose state the caller gives back
   * @throws OdeSolveException if the solve fails
   */
  public Solution solve(INDArray y0, INDArray y1, StepRecorder recorder) {
    requireContent(y0);
    SolverState initial = SolverState.around(y0, method.carriedArrays(), pool);
    try {
      Solution solution = new StepLoop(this, recorder, y1).run(initial);
      if (y1 != null && !NonFiniteCheck.isFinite(solution.last().y())) {
        solution.last().giveBack(pool);
        NonFiniteCheck.locate(this, y0, solution.grid());
      }
      return solution;
    } catch (RuntimeException e) {
      recorder.close();
      throw e;
    }
  }

  private static void requireContent(INDArray y0) {
    if (y0.isEmpty() || y0.length() == 0) {
      throw new OdeSolveException(
          FailureReason.EMPTY_STATE,
          "the initial state has shape "
              + Arrays.toString(y0.shape())
              + ", which holds nothing; expected at least one example.");
    }
  }
}
