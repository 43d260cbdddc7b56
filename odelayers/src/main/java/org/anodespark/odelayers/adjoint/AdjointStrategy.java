/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.io.Serializable;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Where the gradient of a solve comes from; owns the loop over the steps in the backward pass. A
 * configuration bean: Jackson can write and read it, {@code equals} goes by value.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface AdjointStrategy extends Serializable {
  /**
   * Solves in training.
   *
   * @param problem what to solve
   * @param y0 initial state; must stay unchanged until the trajectory is closed
   * @param y1 receives the final state, the same bits for every strategy; not {@code y0}; null if
   *     nobody asks for it, as in a replay
   * @return what the gradient will be computed from
   * @throws org.anodespark.odelayers.failure.OdeSolveException if the solve fails
   */
  Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1);

  /**
   * As {@link #solve}, for a solve that is differentiated before any other one of the network if
   * nothing comes between. A strategy that would compute the same again at once may keep it
   * instead, up to the peak of its declared costs, until {@link Trajectory#reduce} is called.
   */
  default Trajectory solveToDifferentiateNext(
      InitialValueProblem problem, INDArray y0, INDArray y1) {
    return solve(problem, y0, y1);
  }

  /** How the gradient relates to the discrete solution. */
  Exactness exactness();

  /**
   * Checks that the strategy works with method and step control.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException with reason {@code
   *     UNSUPPORTED_COMBINATION} and a sentence that names a pair that works
   */
  void check(StepMethod method, StepControl control);

  /**
   * The strategy's costs; exact numbers for a method of {@linkplain StepMethod#fixedWork fixed
   * work}.
   *
   * @param steps N, accepted steps, at least 1
   * @param method the method
   */
  AdjointCost cost(int steps, StepMethod method);
}
