/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes the trial steps of a solve and keeps of them what it wants; by default nothing. First comes
 * {@link #begin}; then for each trial {@link #attempt}, and either {@link #accept} or {@link
 * #reject}. What a trial itself has borrowed when its {@code attempt} throws is for {@code attempt}
 * to give back.
 */
public interface StepRecorder {
  /** Takes steps and keeps nothing. */
  StepRecorder NOTHING = new StepRecorder() {};

  /**
   * Whether the state at the end must stay as it is after the solve. If not, its y is the array
   * that the caller of the solve gave for the result.
   */
  default boolean keepsLastState() {
    return false;
  }

  /**
   * Starts the initial state.
   *
   * @param problem what is solved
   * @param initial y is given, the rest is undefined
   */
  default void begin(InitialValueProblem problem, SolverState initial) {
    problem.method().start(problem.field(), problem.start(), initial, problem.pool());
  }

  /**
   * Takes a trial step.
   *
   * @param problem what is solved
   * @param step the trial
   * @param from state at its start
   * @param to receives the state at its end
   * @param error receives the error estimate; null if it is not wanted
   */
  default void attempt(
      InitialValueProblem problem, Step step, SolverState from, SolverState to, INDArray error) {
    problem.method().advance(problem.field(), step, from, to, error, problem.pool());
  }

  /**
   * The latest attempt counts.
   *
   * @param step the step
   * @param from state at its start
   * @return whether {@code from} is the recorder's from now on, to be given back by it; if not it
   *     is given back at once
   */
  default boolean accept(Step step, SolverState from) {
    return false;
  }

  /** The latest attempt does not count. */
  default void reject() {}

  /** The solve has failed: gives back what was kept of it. */
  default void close() {}
}
