/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.OptionalInt;

/**
 * The steps that another solve has accepted: a replay consults no controller, so that it has the
 * same bits.
 */
final class RecordedSteps implements StepControl {
  private static final long serialVersionUID = 1L;

  private final TimeGrid grid;

  RecordedSteps(TimeGrid grid) {
    this.grid = grid;
  }

  @Override
  public OptionalInt steps() {
    return OptionalInt.of(grid.steps());
  }

  @Override
  public void check(StepMethod method) {
    // any method can take given steps
  }

  @Override
  public StepSession open(InitialValueProblem problem, SolverState initial) {
    return new GridSession(grid);
  }
}
