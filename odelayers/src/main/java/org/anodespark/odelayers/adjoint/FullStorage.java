/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps every evaluation of the forward pass: the exact discrete adjoint without recomputation, in
 * memory that grows with steps times stages. What backpropagation through the steps does, and the
 * reference for every other strategy.
 */
public final class FullStorage implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    RecordedTrajectory trajectory = new RecordedTrajectory(problem, y0);
    trajectory.record(y1);
    return trajectory;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public AdjointCost cost(int steps, int stages) {
    long evaluations = (long) steps * stages;
    return new AdjointCost(
        evaluations, 0, evaluations, evaluations, evaluations, evaluations, evaluations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FullStorage;
  }

  @Override
  public int hashCode() {
    return FullStorage.class.hashCode();
  }

  @Override
  public String toString() {
    return "FullStorage";
  }

  /** All steps on tape, differentiated from the last to the first. */
  private static final class RecordedTrajectory implements Trajectory {
    private final InitialValueProblem problem;
    private final INDArray y0;
    private final Deque<StepTape> tapes = new ArrayDeque<>();
    private final Deque<INDArray> states = new ArrayDeque<>();

    RecordedTrajectory(InitialValueProblem problem, INDArray y0) {
      this.problem = problem;
      this.y0 = y0;
    }

    void record(INDArray y1) {
      int steps = problem.grid().steps();
      problem.counter().save(bytesOfStep());
      INDArray y = y0;
      for (int step = 0; step < steps; step++) {
        INDArray next = step == steps - 1 ? y1 : problem.pool().borrow(y0.shape());
        tapes.push(
            problem
                .method()
                .record(
                    problem.field(),
                    problem.grid().time(step),
                    problem.grid().length(step),
                    y,
                    next,
                    problem.pool()));
        problem.counter().acceptStep();
        if (next != y1) {
          states.push(next);
          problem.counter().save(bytesOfStep());
        }
        y = next;
      }
    }

    @Override
    public void pullback(INDArray adjoint) {
      while (!tapes.isEmpty()) {
        tapes.peek().pullback(adjoint);
        freeStep();
      }
    }

    @Override
    public void close() {
      while (!tapes.isEmpty()) {
        freeStep();
      }
    }

    private void freeStep() {
      tapes.pop().close();
      problem.counter().free(bytesOfStep());
      if (!states.isEmpty()) {
        problem.pool().giveBack(states.pop());
      }
    }

    /** A step keeps its own state and the arguments of its later stages. */
    private long bytesOfStep() {
      return problem.method().stages() * ArrayPool.bytes(y0);
    }
  }
}
