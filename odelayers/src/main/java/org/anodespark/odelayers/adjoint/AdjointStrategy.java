/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Where the gradient of a solve comes from; owns the loop over the steps in both directions. A
 * configuration bean: public constructor without arguments, {@code equals} by value.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface AdjointStrategy extends Serializable {
  /**
   * Solves in training.
   *
   * @param problem what to solve
   * @param y0 initial state; must stay unchanged until the trajectory is closed
   * @param y1 receives the final state, the same bits for every strategy; not {@code y0}
   * @return what the gradient will be computed from
   */
  Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1);

  /** Whether the gradient is that of the discrete solution, up to the order of additions. */
  boolean exact();

  /**
   * The strategy's costs.
   *
   * @param steps N, at least 1
   * @param stages s, evaluations of f in one step, at least 1
   */
  AdjointCost cost(int steps, int stages);
}
