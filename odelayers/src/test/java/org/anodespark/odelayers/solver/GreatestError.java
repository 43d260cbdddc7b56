/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the state after each step with the solution of a problem, where that is known. */
final class GreatestError implements StepRecorder {
  private final TestProblem problem;
  private double greatest;
  private double last;
  private INDArray tried;

  GreatestError(TestProblem problem) {
    this.problem = problem;
  }

  /** Over all steps that counted; if only the end of the solution is known, there. */
  double greatest() {
    return greatest;
  }

  /** After the last step. */
  double last() {
    return last;
  }

  @Override
  public void attempt(
      InitialValueProblem solve, Step step, SolverState from, SolverState to, INDArray error) {
    StepRecorder.super.attempt(solve, step, from, to, error);
    tried = to.y();
  }

  @Override
  public boolean accept(Step step, SolverState from) {
    if (problem.isSolved() || step.end() == problem.end()) {
      last = problem.error(step.end(), tried);
      greatest = Math.max(greatest, last);
    }
    return false;
  }
}
