/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.stream.DoubleStream;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loop of every solve: propose, try, judge. */
final class StepLoop {
  private final InitialValueProblem problem;
  private final StepRecorder recorder;

  StepLoop(InitialValueProblem problem, StepRecorder recorder) {
    this.problem = problem;
    this.recorder = recorder;
  }

  /** Solves from a state whose y is given; y1 may be null. */
  Solution run(SolverState initial, INDArray y1) {
    recorder.begin(problem, initial);
    StepSession session = problem.control().open(problem, initial);
    INDArray error = session.needsError() ? problem.pool().borrow(initial.y().shape()) : null;
    DoubleStream.Builder times = DoubleStream.builder().add(problem.start());
    SolverState from = initial;
    boolean arrived = false;
    while (!arrived) {
      Step step = session.next();
      // a flag, not a comparison of a time that was added up
      boolean last = step.end() == problem.end();
      SolverState to = destination(initial.y(), last && !recorder.keepsLastState() ? y1 : null);
      attempt(step, from, to, error);
      if (session.accept(part(from.y()), part(to.y()), error == null ? null : part(error))) {
        times.add(step.end());
        problem.counter().acceptStep(step);
        if (!recorder.accept(step, from)) {
          from.giveBack(problem.pool());
        }
        from = to;
        arrived = last;
      } else {
        problem.counter().rejectStep();
        recorder.reject();
        to.giveBack(problem.pool());
      }
    }
    if (error != null) {
      problem.pool().giveBack(error);
    }
    if (y1 != null && recorder.keepsLastState()) {
      y1.assign(from.y());
    }
    return new Solution(TimeGrid.of(times.build().toArray()), from);
  }

  private SolverState destination(INDArray like, INDArray y1) {
    int carried = problem.method().carriedArrays();
    return y1 == null
        ? SolverState.borrow(like, carried, problem.pool())
        : SolverState.around(y1, carried, problem.pool());
  }

  private void attempt(Step step, SolverState from, SolverState to, INDArray error) {
    try {
      recorder.attempt(problem, step, from, to, error);
    } catch (OdeSolveException e) {
      throw e.inStep(step.index(), step.start(), step.length());
    }
  }

  private INDArray part(INDArray array) {
    return problem.controlled().apply(array);
  }
}
