/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.stream.DoubleStream;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loop of one solve: propose, try, judge. Whatever goes wrong, the buffers that the loop holds
 * itself are given back.
 */
final class StepLoop {
  private final InitialValueProblem problem;
  private final StepRecorder recorder;
  private final INDArray y1;
  private final DoubleStream.Builder times = DoubleStream.builder();
  private SolverState from;

  /** The state at the end of the trial; null between trials. */
  private SolverState to;

  /** Null if the session reads no error estimate. */
  private INDArray error;

  /**
   * @param y1 receives the final state; null for an array of the pool
   */
  StepLoop(InitialValueProblem problem, StepRecorder recorder, INDArray y1) {
    this.problem = problem;
    this.recorder = recorder;
    this.y1 = y1;
  }

  /**
   * Solves.
   *
   * @param initial y is given, the rest is undefined; the loop's from now on
   */
  Solution run(SolverState initial) {
    from = initial;
    try {
      StepSession session = open();
      boolean arrived = false;
      while (!arrived) {
        Step step = session.next();
        boolean accepted = judge(session, step);
        // equal to the bit: the last step ends at the end, no time is added up
        arrived = accepted && step.end() == problem.end();
      }
      if (y1 != null && recorder.keepsLastState()) {
        y1.assign(from.y());
      }
      return new Solution(TimeGrid.of(times.build().toArray()), from);
    } catch (RuntimeException e) {
      from.giveBack(problem.pool());
      throw e;
    } finally {
      giveBackTrial();
    }
  }

  private StepSession open() {
    times.add(problem.start());
    StepSession session;
    try {
      recorder.begin(problem, from);
      session = problem.control().open(problem, from);
    } catch (OdeSolveException e) {
      throw e.inStep(0, problem.start(), 0.0);
    }
    error = session.needsError() ? problem.pool().borrow(from.y().shape()) : null;
    return session;
  }

  private boolean judge(StepSession session, Step step) {
    to = destination(step);
    try {
      recorder.attempt(problem, step, from, to, error);
    } catch (OdeSolveException e) {
      throw e.inStep(step.index(), step.start(), step.length());
    }
    boolean accepted = session.accept(from.y(), to.y(), error);
    if (accepted) {
      accept(step);
    } else {
      reject();
    }
    return accepted;
  }

  private SolverState destination(Step step) {
    int carried = problem.method().carriedArrays();
    boolean result = y1 != null && !recorder.keepsLastState() && step.end() == problem.end();
    return result
        ? SolverState.around(y1, carried, problem.pool())
        : SolverState.borrow(from.y(), carried, problem.pool());
  }

  private void accept(Step step) {
    times.add(step.end());
    problem.counter().acceptStep(step);
    if (!recorder.accept(step, from)) {
      from.giveBack(problem.pool());
    }
    from = to;
    to = null;
  }

  private void reject() {
    problem.counter().rejectStep();
    recorder.reject();
    to.giveBack(problem.pool());
    to = null;
  }

  private void giveBackTrial() {
    if (to != null) {
      to.giveBack(problem.pool());
    }
    if (error != null) {
      problem.pool().giveBack(error);
    }
  }
}
