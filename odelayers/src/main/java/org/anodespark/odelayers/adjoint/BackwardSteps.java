/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.TimeGrid;

/** The steps of a solve backwards in time. */
final class BackwardSteps {
  private BackwardSteps() {}

  /**
   * By a control of its own, or by that of the forward solve: the same steps if their number was
   * known ahead, steps chosen anew if not.
   */
  static ContinuousAdjoint.Backwards of(
      InitialValueProblem forward, StepControl control, TimeGrid grid) {
    StepControl backward = control == null ? forward.control() : control;
    return (field, controlled) -> {
      InitialValueProblem problem =
          new InitialValueProblem(
              field,
              forward.method(),
              backward,
              grid.end(),
              grid.start(),
              forward.counter(),
              forward.pool(),
              controlled);
      return control == null && backward.steps().isPresent()
          ? problem.on(grid.reversed())
          : problem;
    };
  }
}
