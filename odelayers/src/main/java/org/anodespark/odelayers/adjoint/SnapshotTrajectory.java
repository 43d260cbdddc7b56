/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.Map;
import java.util.TreeMap;
import org.anodespark.odelayers.adjoint.schedule.CheckpointSchedule;
import org.anodespark.odelayers.adjoint.schedule.Decision;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.Solution;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepRecorder;
import org.anodespark.odelayers.solver.StepTape;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Carries a schedule out: keeps the states that it names, takes the steps between them again in the
 * backward pass, records one step at a time and differentiates it.
 */
final class SnapshotTrajectory implements Trajectory, StepRecorder {
  private final InitialValueProblem problem;
  private final StepMethod method;
  private final CheckpointSchedule schedule;
  private final TreeMap<Integer, SolverState> snapshots = new TreeMap<>();
  private boolean endWanted;
  private TimeGrid grid;

  /** The state before the last step, which the backward pass needs first; null if a snapshot. */
  private SolverState atHand;

  SnapshotTrajectory(InitialValueProblem problem, CheckpointSchedule schedule) {
    this.problem = problem;
    this.method = problem.method();
    this.schedule = schedule;
  }

  void solve(INDArray y0, INDArray y1) {
    endWanted = y1 != null;
    Solution solution = problem.solve(y0, y1, this);
    solution.last().giveBack(problem.pool());
    grid = solution.grid();
  }

  /** Takes the step, unless it is the last one and nobody asks for its result. */
  @Override
  public void attempt(
      InitialValueProblem problem, Step step, SolverState from, SolverState to, INDArray error) {
    if (endWanted || !isLast(step)) {
      StepRecorder.super.attempt(problem, step, from, to, error);
    }
  }

  @Override
  public boolean accept(Step step, SolverState from) {
    if (isKept(step.index())) {
      keep(step.index(), from);
      return true;
    }
    if (isLast(step)) {
      atHand = from;
      problem.counter().save(from.bytes());
      return true;
    }
    return false;
  }

  private boolean isLast(Step step) {
    return step.end() == problem.end();
  }

  /** Asks the schedule about a state, and makes room for it. */
  private boolean isKept(int index) {
    if (index == 0) {
      return true;
    }
    Decision decision = schedule.reach(index);
    if (decision.drop() != Decision.NONE) {
      drop(decision.drop());
    }
    return decision.keep();
  }

  private void keep(int index, SolverState state) {
    snapshots.put(index, state);
    problem.counter().save(state.bytes());
  }

  private void drop(int index) {
    free(snapshots.remove(index));
  }

  private void free(SolverState state) {
    problem.counter().free(state.bytes());
    state.giveBack(problem.pool());
  }

  @Override
  public void pullback(INDArray gradient) {
    problem.counter().startBackwardPass();
    SolverState adjoint = SolverState.gradient(gradient, method.carriedArrays(), problem.pool());
    for (int index = grid.steps() - 1; index >= 0; index--) {
      SolverState from = stateBefore(index);
      differentiate(index, from, adjoint);
      if (snapshots.get(index) != from) {
        free(from);
      } else if (index > 0) {
        drop(index);
      }
    }
    SolverState initial = snapshots.get(0);
    try (StepTape start =
        method.recordStart(problem.field(), problem.start(), initial, problem.pool())) {
      start.pullback(adjoint);
    }
    drop(0);
    adjoint.giveBack(problem.pool());
  }

  private void differentiate(int index, SolverState from, SolverState adjoint) {
    SolverState to = SolverState.borrow(from.y(), method.carriedArrays(), problem.pool());
    problem.counter().save(to.bytes());
    try (StepTape tape =
        method.record(problem.field(), grid.step(index), from, to, null, problem.pool())) {
      problem.counter().save(tape.keptBytes());
      tape.pullback(adjoint);
      problem.counter().free(tape.keptBytes());
    }
    free(to);
  }

  /** The state before a step: at hand, a snapshot, or reached by a sweep from the last snapshot. */
  private SolverState stateBefore(int index) {
    if (atHand != null) {
      SolverState state = atHand;
      atHand = null;
      return state;
    }
    Map.Entry<Integer, SolverState> last = snapshots.lastEntry();
    return last.getKey() == index ? last.getValue() : sweep(last, index);
  }

  private SolverState sweep(Map.Entry<Integer, SolverState> start, int target) {
    schedule.restart(start.getKey(), target);
    SolverState from = start.getValue();
    for (int index = start.getKey(); index < target; index++) {
      SolverState to = SolverState.borrow(from.y(), method.carriedArrays(), problem.pool());
      method.advance(problem.field(), grid.step(index), from, to, null, problem.pool());
      if (snapshots.get(index) != from) {
        from.giveBack(problem.pool());
      }
      if (isKept(index + 1)) {
        keep(index + 1, to);
      } else if (index + 1 == target) {
        problem.counter().save(to.bytes());
      }
      from = to;
    }
    return from;
  }

  @Override
  public void close() {
    snapshots.values().forEach(this::free);
    snapshots.clear();
    if (atHand != null) {
      free(atHand);
      atHand = null;
    }
  }
}
