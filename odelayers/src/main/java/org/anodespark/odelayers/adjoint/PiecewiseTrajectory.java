/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A solve with several output times: one solve after the other, each with a trajectory of its own,
 * so that every strategy, method and step control can be used as they are. In the backward pass the
 * gradients of the outputs are added on the way; a strategy that solves backwards in time starts
 * from the true state at each output time.
 */
public final class PiecewiseTrajectory implements AutoCloseable {
  private final List<Trajectory> pieces = new ArrayList<>();

  private PiecewiseTrajectory() {}

  /**
   * Solves in training.
   *
   * @param strategy where the gradient of each piece comes from
   * @param problem what to solve; its end is not read
   * @param times output times from the first to the last, away from the problem's start
   * @param y0 initial state; must stay unchanged until the trajectory is closed
   * @param outputs receive the states at the times; must stay unchanged likewise
   * @throws org.anodespark.odelayers.failure.OdeSolveException if the solve fails
   */
  public static PiecewiseTrajectory solve(
      AdjointStrategy strategy,
      InitialValueProblem problem,
      double[] times,
      INDArray y0,
      List<INDArray> outputs) {
    PiecewiseTrajectory trajectory = new PiecewiseTrajectory();
    InitialValueProblem inPieces = problem.inPieces();
    double start = problem.start();
    INDArray y = y0;
    try {
      for (int i = 0; i < times.length; i++) {
        InitialValueProblem piece = inPieces.between(start, times[i]);
        trajectory.pieces.add(strategy.solve(piece, y, outputs.get(i)));
        start = times[i];
        y = outputs.get(i);
      }
      return trajectory;
    } catch (RuntimeException e) {
      trajectory.close();
      throw e;
    }
  }

  /**
   * Takes the gradient.
   *
   * @param gradients the loss's gradients with respect to the outputs, left as they are
   * @param adjoint receives the one with respect to the initial state
   */
  public void pullback(List<INDArray> gradients, INDArray adjoint) {
    adjoint.assign(0.0);
    for (int i = pieces.size() - 1; i >= 0; i--) {
      LinearCombination.add(adjoint, 1.0, gradients.get(i));
      pieces.get(i).pullback(adjoint);
    }
  }

  @Override
  public void close() {
    pieces.forEach(Trajectory::close);
    pieces.clear();
  }
}
