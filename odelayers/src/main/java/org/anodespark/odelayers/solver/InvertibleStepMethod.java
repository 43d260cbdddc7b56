/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;

/** A method whose step can be undone algebraically, up to rounding. */
public interface InvertibleStepMethod extends StepMethod {
  /** Evaluations of f that {@link #recordBackwards} takes beyond {@link #stages}. */
  int inverseEvaluations();

  /**
   * Undoes a step: {@code before := } the state from which the step led to {@code after}.
   *
   * @param field the right-hand side
   * @param step the step as it was taken
   * @param after state at its end, left as it is
   * @param before receives the state at its start; shares no array with {@code after}
   * @param pool lends scratch memory
   * @return the tape of the step from {@code before}; both states must stay unchanged until it is
   *     closed
   */
  StepTape recordBackwards(
      VectorField field, Step step, SolverState after, SolverState before, ArrayPool pool);
}
