/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.function.UnaryOperator;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The steps of a solve from the end of another one to its start, by the same method. Without a
 * control of its own it takes the steps of the forward solve if their number was known ahead, and
 * lets the forward solve's control choose anew if not.
 *
 * @param forward the problem of the forward solve
 * @param control step control of the backward solve; null for none of its own
 * @param grid the steps of the forward solve
 */
record BackwardSteps(InitialValueProblem forward, StepControl control, TimeGrid grid) {
  /** Number of backward steps, as far as it is known ahead; that of the forward steps if not. */
  static long count(StepControl control, int forwardSteps) {
    return control == null ? forwardSteps : control.steps().orElse(forwardSteps);
  }

  /**
   * The backward problem.
   *
   * @param field its right-hand side
   * @param controlled the part of the state that step control looks at
   */
  InitialValueProblem problem(VectorField field, UnaryOperator<INDArray> controlled) {
    InitialValueProblem backward =
        new InitialValueProblem(
            field,
            forward.method(),
            control == null ? forward.control() : control,
            grid.end(),
            grid.start(),
            forward.counter(),
            forward.pool(),
            controlled);
    boolean known = control == null && forward.control().steps().isPresent();
    return known ? backward.on(grid.reversed()) : backward;
  }
}
