/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the initial state only; the backward pass solves again, on tape, and differentiates that:
 * the exact discrete adjoint in memory O(L) + O(N) for L blocks of N steps instead of O(L N), for
 * one more forward pass (Gholami, Keutzer and Biros, "ANODE: Unconditionally Accurate
 * Memory-Efficient Gradients for Neural ODEs", IJCAI 2019). The gradient has the bits of {@link
 * FullStorage}.
 */
public final class AnodeCheckpoint implements AdjointStrategy {
  private static final long serialVersionUID = 1L;
  private static final FullStorage REPLAY = new FullStorage();

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    problem.solve(y0, y1);
    problem.counter().save(ArrayPool.bytes(y0));
    return new CheckpointedTrajectory(problem, y0);
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public AdjointCost cost(int steps, int stages) {
    long evaluations = (long) steps * stages;
    return new AdjointCost(evaluations, evaluations, evaluations, 1, 0, evaluations, evaluations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnodeCheckpoint;
  }

  @Override
  public int hashCode() {
    return AnodeCheckpoint.class.hashCode();
  }

  @Override
  public String toString() {
    return "AnodeCheckpoint";
  }

  private static final class CheckpointedTrajectory implements Trajectory {
    private final InitialValueProblem problem;
    private INDArray y0;

    CheckpointedTrajectory(InitialValueProblem problem, INDArray y0) {
      this.problem = problem;
      this.y0 = y0;
    }

    @Override
    public void pullback(INDArray adjoint) {
      INDArray start = y0;
      close();
      problem.counter().startReplay();
      INDArray end = problem.pool().borrow(start.shape());
      try (Trajectory replay = REPLAY.solve(problem, start, end)) {
        problem.pool().giveBack(end);
        replay.pullback(adjoint);
      }
    }

    @Override
    public void close() {
      if (y0 != null) {
        problem.counter().free(ArrayPool.bytes(y0));
        y0 = null;
      }
    }
  }
}
