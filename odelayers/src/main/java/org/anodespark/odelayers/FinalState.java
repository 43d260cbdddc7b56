/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The state at the end. */
final class FinalState implements BlockOutput {
  @Override
  public long[] shape(long[] state) {
    return state;
  }

  @Override
  public void solve(InitialValueProblem problem, INDArray y0, INDArray out) {
    problem.solve(y0, out);
  }

  @Override
  public OutputTrajectory solve(
      AdjointStrategy strategy, InitialValueProblem problem, INDArray y0, INDArray out) {
    Trajectory trajectory = strategy.solveToDifferentiateNext(problem, y0, out);
    return new OutputTrajectory() {
      @Override
      public void pullback(INDArray epsilon, INDArray adjoint) {
        adjoint.assign(epsilon);
        trajectory.pullback(adjoint);
      }

      @Override
      public void reduce() {
        trajectory.reduce();
      }

      @Override
      public void close() {
        trajectory.close();
      }
    };
  }
}
