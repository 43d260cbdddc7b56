/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.InvertibleStepMethod;
import org.anodespark.odelayers.solver.Solution;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepRecorder;
import org.anodespark.odelayers.solver.StepTape;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.LoggerFactory;

/**
 * Keeps the end of the solve and undoes the steps algebraically: the discrete adjoint, exact up to
 * the rounding of the states that are rebuilt, in memory that does not grow with the steps (Zhuang
 * et al., "MALI: a memory efficient and reverse accurate integrator for Neural ODEs", ICLR 2021;
 * Kidger et al., "Efficient and Accurate Gradients for Neural SDEs", NeurIPS 2021). Needs a method
 * that can be undone, {@link org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog} or
 * {@link org.anodespark.odelayers.solver.reversible.ReversibleHeun}.
 */
public final class Reversible implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    return solve(problem, y0, y1, Log.WARNING);
  }

  /** As the public one, with a warning of the caller's. */
  Trajectory solve(
      InitialValueProblem problem, INDArray y0, INDArray y1, ReconstructionWarning warning) {
    Solution solution = problem.solve(y0, y1, new End());
    problem.counter().save(ArrayPool.bytes(y0) + solution.last().bytes());
    return new UndoneSteps(problem, solution, y0, warning);
  }

  @Override
  public Exactness exactness() {
    return Exactness.EXACT_UP_TO_ROUNDING;
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    if (!(method instanceof InvertibleStepMethod)) {
      throw Unsupported.because(
          "Reversible needs a method whose steps can be undone, which those of "
              + method
              + " cannot; use AsynchronousLeapfrog or ReversibleHeun, or AnodeCheckpoint with any"
              + " method.");
    }
  }

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    InvertibleStepMethod invertible = (InvertibleStepMethod) method;
    long start = method.startEvaluations();
    long state = 1L + method.carriedArrays();
    return new AdjointCost(
        start + (long) steps * method.stages(),
        0,
        start + (long) steps * (method.stages() + invertible.inverseEvaluations()),
        start + (long) steps * method.stages(),
        new Kept(1 + state, 0, 0),
        new Kept(1 + 2 * state + method.tapeArguments(), method.tapeResults(), method.stages()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reversible;
  }

  @Override
  public int hashCode() {
    return Reversible.class.hashCode();
  }

  @Override
  public String toString() {
    return "Reversible";
  }

  private static final class End implements StepRecorder {
    @Override
    public boolean keepsLastState() {
      return true;
    }
  }

  /** The end of the solve; the initial state only to see how far from it the rebuilt one is. */
  private static final class UndoneSteps implements Trajectory {
    private final InitialValueProblem problem;
    private final TimeGrid grid;
    private final INDArray y0;
    private final ReconstructionWarning warning;
    private SolverState state;

    UndoneSteps(
        InitialValueProblem problem,
        Solution solution,
        INDArray y0,
        ReconstructionWarning warning) {
      this.problem = problem;
      this.grid = solution.grid();
      this.y0 = y0;
      this.state = solution.last();
      this.warning = warning;
    }

    @Override
    public void pullback(INDArray gradient) {
      problem.counter().startBackwardPass();
      InvertibleStepMethod method = (InvertibleStepMethod) problem.method();
      SolverState adjoint = SolverState.gradient(gradient, method.carriedArrays(), problem.pool());
      for (int index = grid.steps() - 1; index >= 0; index--) {
        SolverState before = SolverState.borrow(y0, method.carriedArrays(), problem.pool());
        problem.counter().save(before.bytes());
        try (StepTape tape =
            method.recordBackwards(
                problem.field(), grid.step(index), state, before, problem.pool())) {
          problem.counter().save(tape.keptBytes());
          tape.pullback(adjoint);
          problem.counter().free(tape.keptBytes());
        }
        freeState();
        state = before;
      }
      try (StepTape start =
          method.recordStart(problem.field(), grid.start(), state, problem.pool())) {
        start.pullback(adjoint);
      }
      double error = Reconstruction.relativeError(state.y(), y0, problem.pool());
      problem.counter().reconstructed(error);
      warning.report(error);
      adjoint.giveBack(problem.pool());
      close();
    }

    @Override
    public void close() {
      if (state != null) {
        problem.counter().free(ArrayPool.bytes(y0));
        freeState();
      }
    }

    private void freeState() {
      problem.counter().free(state.bytes());
      state.giveBack(problem.pool());
      state = null;
    }
  }

  /** Apart, so that a configuration can be read and checked where there is no logging. */
  private static final class Log {
    static final ReconstructionWarning WARNING =
        new ReconstructionWarning(
            LoggerFactory.getLogger(Reversible.class),
            "Undoing the steps",
            "Solve over a shorter interval or damp less, or use AnodeCheckpoint.");
  }
}
