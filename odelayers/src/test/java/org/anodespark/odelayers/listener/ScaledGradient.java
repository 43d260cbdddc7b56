/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Exactness;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A wrong strategy that calls itself exact: all gradients are one and a half times too large. */
public final class ScaledGradient implements AdjointStrategy {
  private static final long serialVersionUID = 1L;
  private static final FullStorage TRUE = new FullStorage();

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    Trajectory trajectory = TRUE.solve(problem, y0, y1);
    return new Trajectory() {
      @Override
      public void pullback(INDArray adjoint) {
        adjoint.muli(1.5);
        trajectory.pullback(adjoint);
      }

      @Override
      public void close() {
        trajectory.close();
      }
    };
  }

  @Override
  public Exactness exactness() {
    return TRUE.exactness();
  }

  @Override
  public void check(StepMethod method, StepControl control) {}

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    return TRUE.cost(steps, method);
  }

  @Override
  public String toString() {
    return "ScaledGradient";
  }
}
