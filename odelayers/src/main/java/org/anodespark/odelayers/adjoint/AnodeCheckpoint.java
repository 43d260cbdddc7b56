/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the initial state only; the backward pass solves again, on the steps that were accepted,
 * and differentiates that with an inner strategy. With {@link FullStorage} inside, the default, it
 * is the exact discrete adjoint in memory O(L) + O(N) for L blocks of N steps instead of O(L N),
 * for one more forward pass (Gholami, Keutzer and Biros, "ANODE: Unconditionally Accurate
 * Memory-Efficient Gradients for Neural ODEs", IJCAI 2019); with {@link Revolve} inside it is that
 * paper's two-level scheme. Works with every method and every step control.
 */
public final class AnodeCheckpoint implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  private final AdjointStrategy inner;

  /** With {@link FullStorage} inside. */
  public AnodeCheckpoint() {
    this(new FullStorage());
  }

  /**
   * @param inner differentiates the second solve; exact, and not an {@code AnodeCheckpoint}
   * @throws org.anodespark.odelayers.failure.OdeSolveException if it is neither
   */
  public AnodeCheckpoint(@JsonProperty("inner") AdjointStrategy inner) {
    this.inner = inner == null ? new FullStorage() : inner;
    if (this.inner.exactness() != Exactness.EXACT || this.inner instanceof AnodeCheckpoint) {
      throw Unsupported.because(
          "AnodeCheckpoint differentiates its second solve with another exact strategy, not with "
              + this.inner
              + "; use AnodeCheckpoint with FullStorage, StepCheckpoint or Revolve inside.");
    }
  }

  /** Differentiates the second solve. */
  @JsonProperty("inner")
  public AdjointStrategy inner() {
    return inner;
  }

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    INDArray end = y1 == null ? problem.pool().borrow(y0.shape()) : y1;
    TimeGrid grid = problem.solve(y0, end);
    if (y1 == null) {
      problem.pool().giveBack(end);
    }
    problem.counter().save(ArrayPool.bytes(y0));
    return new SecondSolve(problem, grid, y0);
  }

  /** With {@link FullStorage} inside, the second solve's work is done at once. */
  @Override
  public Trajectory solveToDifferentiateNext(
      InitialValueProblem problem, INDArray y0, INDArray y1) {
    return inner instanceof FullStorage storage
        ? new EarlySecondSolve(problem, storage.solve(problem, y0, y1), y0)
        : solve(problem, y0, y1);
  }

  @Override
  public Exactness exactness() {
    return Exactness.EXACT;
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    // the second solve knows its steps, whatever chose them in the first one
    inner.check(method, new FixedSteps(1));
  }

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    AdjointCost second = inner.cost(steps, method);
    return new AdjointCost(
        method.startEvaluations() + (long) steps * method.stages(),
        0,
        second.forwardEvaluations() - second.ofTheLastStep() + second.recomputedEvaluations(),
        second.pullbacks(),
        new Kept(1, 0, 0),
        second.peak());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnodeCheckpoint that && inner.equals(that.inner);
  }

  @Override
  public int hashCode() {
    return 31 * AnodeCheckpoint.class.hashCode() + inner.hashCode();
  }

  @Override
  public String toString() {
    return inner instanceof FullStorage ? "AnodeCheckpoint" : "AnodeCheckpoint(" + inner + ")";
  }

  private final class SecondSolve implements Trajectory {
    private final InitialValueProblem problem;
    private final TimeGrid grid;
    private INDArray y0;

    SecondSolve(InitialValueProblem problem, TimeGrid grid, INDArray y0) {
      this.problem = problem;
      this.grid = grid;
      this.y0 = y0;
    }

    @Override
    public void pullback(INDArray adjoint) {
      INDArray start = y0;
      close();
      problem.counter().startBackwardPass();
      try (Trajectory second = inner.solve(problem.on(grid), start, null)) {
        second.pullback(adjoint);
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

  /** A second solve that was taken with the first one, as long as nobody wants its memory. */
  private final class EarlySecondSolve implements Trajectory {
    private final InitialValueProblem problem;
    private final TimeGrid grid;
    private final INDArray y0;
    private Trajectory kept;

    EarlySecondSolve(
        InitialValueProblem problem, FullStorage.RecordedTrajectory recorded, INDArray y0) {
      this.problem = problem;
      this.grid = recorded.grid();
      this.y0 = y0;
      kept = recorded;
    }

    @Override
    public void pullback(INDArray adjoint) {
      kept.pullback(adjoint);
    }

    @Override
    public void reduce() {
      if (kept instanceof FullStorage.RecordedTrajectory) {
        kept.close();
        problem.counter().save(ArrayPool.bytes(y0));
        kept = new SecondSolve(problem, grid, y0);
      }
    }

    @Override
    public void close() {
      kept.close();
    }
  }
}
