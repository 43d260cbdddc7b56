/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Chooses the steps of a solve. A configuration bean: Jackson can write and read it, {@code equals}
 * goes by value; what one solve remembers is in the {@link StepSession} it opens.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface StepControl extends Serializable {
  /** Number of steps of every solve, if that is known ahead. */
  OptionalInt steps();

  /** What the error of a step is compared with, if it is. */
  default Optional<Tolerance> tolerance() {
    return Optional.empty();
  }

  /**
   * The control of one solve in training; this one unless a setting follows a schedule. In
   * prediction it is used as it is.
   *
   * @param iteration of the training, from 0
   * @param epoch of the training, from 0
   */
  default StepControl during(int iteration, int epoch) {
    return this;
  }

  /**
   * The control of a solve that is made of pieces, one after the other: this one, unless a piece
   * has something to learn from the one before. The result serves one solve, on one thread.
   */
  default StepControl acrossPieces() {
    return this;
  }

  /**
   * Checks that the method offers what the control needs.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException with reason {@code
   *     UNSUPPORTED_COMBINATION} and a sentence that names a pair that works
   */
  void check(StepMethod method);

  /**
   * Begins a solve.
   *
   * @param problem what is solved
   * @param initial its initial state, started; left as it is
   */
  StepSession open(InitialValueProblem problem, SolverState initial);
}
