/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.OptionalInt;
import org.anodespark.odelayers.solver.GridSession;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepSession;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A given number of equal steps; works with every method and every strategy. */
public final class FixedSteps implements StepControl {
  private static final long serialVersionUID = 1L;

  private final int steps;

  /**
   * @param steps number of steps, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public FixedSteps(@JsonProperty("steps") int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + ", expected at least 1.");
    }
    this.steps = steps;
  }

  /** Number of steps. */
  @JsonProperty("steps")
  public int count() {
    return steps;
  }

  @Override
  public OptionalInt steps() {
    return OptionalInt.of(steps);
  }

  @Override
  public void check(StepMethod method) {
    // every method can take equal steps
  }

  @Override
  public StepSession open(InitialValueProblem problem, SolverState initial) {
    return new GridSession(TimeGrid.equalSteps(problem.start(), problem.end(), steps));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FixedSteps that && steps == that.steps;
  }

  @Override
  public int hashCode() {
    return steps;
  }

  @Override
  public String toString() {
    return "FixedSteps(" + steps + ")";
  }
}
