/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.ArrayDeque;
import java.util.Deque;
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

/**
 * Keeps every evaluation of the forward pass: the exact discrete adjoint without recomputation, in
 * memory that grows with steps times stages. What backpropagation through the steps does, and the
 * reference for every other strategy. Works with every method and every step control.
 */
public final class FullStorage implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public RecordedTrajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    RecordedTrajectory trajectory = new RecordedTrajectory(problem);
    trajectory.record(y0, y1);
    return trajectory;
  }

  @Override
  public Exactness exactness() {
    return Exactness.EXACT;
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    // every step can be recorded
  }

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    long evaluations = method.startEvaluations() + (long) steps * method.stages();
    long carried = method.carriedArrays();
    long lastState = method.tapeReadsEnd() ? 1 + carried : 0;
    Kept kept =
        new Kept(
            steps * (1 + carried + method.tapeArguments()) + lastState,
            (long) steps * method.tapeResults(),
            evaluations);
    return new AdjointCost(evaluations, 0, 0, evaluations, kept, kept);
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
  static final class RecordedTrajectory implements Trajectory, StepRecorder {
    private final InitialValueProblem problem;
    private final Deque<StepTape> tapes = new ArrayDeque<>();
    private final Deque<SolverState> states = new ArrayDeque<>();
    private StepTape attempt;
    private TimeGrid grid;

    RecordedTrajectory(InitialValueProblem problem) {
      this.problem = problem;
    }

    void record(INDArray y0, INDArray y1) {
      Solution solution = problem.solve(y0, y1, this);
      grid = solution.grid();
      SolverState last = solution.last();
      if (keepsLastState()) {
        keep(last);
      } else {
        last.giveBack(problem.pool());
      }
    }

    /** The steps that were taken. */
    TimeGrid grid() {
      return grid;
    }

    /**
     * If the last y is the argument of a kept evaluation, it cannot be an array of the caller's.
     */
    @Override
    public boolean keepsLastState() {
      return problem.method().tapeReadsEnd();
    }

    @Override
    public void begin(InitialValueProblem problem, SolverState initial) {
      tapes.push(
          problem.method().recordStart(problem.field(), problem.start(), initial, problem.pool()));
    }

    @Override
    public void attempt(
        InitialValueProblem problem, Step step, SolverState from, SolverState to, INDArray error) {
      attempt = problem.method().record(problem.field(), step, from, to, error, problem.pool());
    }

    @Override
    public boolean accept(Step step, SolverState from) {
      tapes.push(attempt);
      problem.counter().save(attempt.keptBytes());
      keep(from);
      return true;
    }

    @Override
    public void reject() {
      attempt.close();
    }

    private void keep(SolverState state) {
      states.push(state);
      problem.counter().save(state.bytes());
    }

    @Override
    public void pullback(INDArray gradient) {
      SolverState adjoint =
          SolverState.gradient(gradient, problem.method().carriedArrays(), problem.pool());
      while (!tapes.isEmpty()) {
        tapes.peek().pullback(adjoint);
        freeTape();
        if (!states.isEmpty()) {
          freeState();
        }
      }
      adjoint.giveBack(problem.pool());
    }

    @Override
    public void close() {
      while (!tapes.isEmpty()) {
        freeTape();
      }
      while (!states.isEmpty()) {
        freeState();
      }
    }

    private void freeTape() {
      StepTape tape = tapes.pop();
      problem.counter().free(tape.keptBytes());
      tape.close();
    }

    private void freeState() {
      SolverState state = states.pop();
      problem.counter().free(state.bytes());
      state.giveBack(problem.pool());
    }
  }
}
