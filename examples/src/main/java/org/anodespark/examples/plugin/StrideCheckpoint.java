/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import java.util.ArrayDeque;
import java.util.Deque;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Exactness;
import org.anodespark.odelayers.adjoint.Kept;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.Solution;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepRecorder;
import org.anodespark.odelayers.solver.StepTape;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An adjoint strategy from outside the library: keeps the state before every k-th step, and in the
 * backward pass records the k steps from there to the next kept state before it differentiates
 * them. The gradient is exact, the memory is N / k states and the activations of k steps, for one
 * more forward pass. Works with every method and every step control.
 */
public final class StrideCheckpoint implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  private final int stride;

  /**
   * @param stride k, steps from one kept state to the next, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public StrideCheckpoint(@JsonProperty("stride") int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException("stride = " + stride + ", expected at least 1.");
    }
    this.stride = stride;
  }

  /** Steps from one kept state to the next. */
  @JsonProperty("stride")
  public int stride() {
    return stride;
  }

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    Snapshots snapshots = new Snapshots(problem, stride);
    snapshots.solve(y0, y1);
    return snapshots;
  }

  @Override
  public Exactness exactness() {
    return Exactness.EXACT;
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    // every step can be recorded, and nobody needs to know how many there will be
  }

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    long forward = method.startEvaluations() + (long) steps * method.stages();
    long state = 1L + method.carriedArrays();
    long snapshots = (steps - 1L) / stride + 1;
    long recorded = steps - (snapshots - 1) * stride;
    Kept between = new Kept(snapshots * state, 0, 0);
    if (snapshots > 1 && recorded < stride) {
      // the last stretch is a short one, so the one before it holds more
      snapshots--;
      recorded = stride;
    }
    Kept peak =
        new Kept(
            (snapshots + recorded) * state + recorded * method.tapeArguments(),
            recorded * method.tapeResults(),
            recorded * method.stages());
    return new AdjointCost(forward, 0, forward, forward, between, peak);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StrideCheckpoint that && stride == that.stride;
  }

  @Override
  public int hashCode() {
    return 31 * StrideCheckpoint.class.hashCode() + stride;
  }

  @Override
  public String toString() {
    return "StrideCheckpoint(" + stride + ")";
  }

  /** The kept states; also the observer of the forward solve that keeps them. */
  private static final class Snapshots implements Trajectory, StepRecorder {
    private final InitialValueProblem problem;
    private final StepMethod method;
    private final int stride;
    private final Deque<SolverState> snapshots = new ArrayDeque<>();
    private TimeGrid grid;

    Snapshots(InitialValueProblem problem, int stride) {
      this.problem = problem;
      this.method = problem.method();
      this.stride = stride;
    }

    void solve(INDArray y0, INDArray y1) {
      Solution solution = problem.solve(y0, y1, this);
      solution.last().giveBack(problem.pool());
      grid = solution.grid();
    }

    @Override
    public boolean accept(Step step, SolverState from) {
      if (step.index() % stride != 0) {
        return false;
      }
      snapshots.push(from);
      problem.counter().save(from.bytes());
      return true;
    }

    @Override
    public void pullback(INDArray gradient) {
      problem.counter().startBackwardPass();
      SolverState adjoint = SolverState.gradient(gradient, method.carriedArrays(), problem.pool());
      int end = grid.steps();
      while (!snapshots.isEmpty()) {
        int start = (snapshots.size() - 1) * stride;
        differentiate(start, end, adjoint);
        if (start == 0) {
          differentiateStart(adjoint);
        }
        free(snapshots.pop());
        end = start;
      }
      adjoint.giveBack(problem.pool());
    }

    /** Records the steps {@code start ... end - 1} from the latest snapshot, then goes back. */
    private void differentiate(int start, int end, SolverState adjoint) {
      Deque<StepTape> tapes = new ArrayDeque<>();
      Deque<SolverState> states = new ArrayDeque<>();
      SolverState from = snapshots.peek();
      for (int index = start; index < end; index++) {
        SolverState to = SolverState.borrow(from.y(), method.carriedArrays(), problem.pool());
        tapes.push(
            method.record(problem.field(), grid.step(index), from, to, null, problem.pool()));
        states.push(to);
        problem.counter().save(tapes.peek().keptBytes() + to.bytes());
        from = to;
      }
      while (!tapes.isEmpty()) {
        try (StepTape tape = tapes.pop()) {
          tape.pullback(adjoint);
          problem.counter().free(tape.keptBytes());
        }
        free(states.pop());
      }
    }

    /** What the method carries beside y depends on y(t0) as well. */
    private void differentiateStart(SolverState adjoint) {
      try (StepTape tape =
          method.recordStart(problem.field(), grid.start(), snapshots.peek(), problem.pool())) {
        tape.pullback(adjoint);
      }
    }

    @Override
    public void close() {
      while (!snapshots.isEmpty()) {
        free(snapshots.pop());
      }
    }

    private void free(SolverState state) {
      problem.counter().free(state.bytes());
      state.giveBack(problem.pool());
    }
  }
}
