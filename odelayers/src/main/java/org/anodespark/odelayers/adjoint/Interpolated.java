/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.Solution;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepRecorder;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The continuous adjoint along the forward solve: only the adjoint is solved backwards, and the
 * state comes from the dense output of the forward solve (the interpolating adjoint of Rackauckas
 * et al., "Universal Differential Equations for Scientific Machine Learning", 2020). Stable where
 * {@link ReverseTime} is not, but still approximate, and its memory grows with the steps. Needs a
 * method with dense output.
 */
public final class Interpolated implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  private final StepControl control;

  /** With the step control of the forward solve. */
  public Interpolated() {
    this(null);
  }

  /**
   * @param control step control of the backward solve; null for that of the forward solve
   */
  public Interpolated(@JsonProperty("control") StepControl control) {
    this.control = control;
  }

  /** Step control of the backward solve; null for that of the forward solve. */
  @JsonProperty("control")
  public StepControl control() {
    return control;
  }

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    DenseTrajectory trajectory = new DenseTrajectory(problem, y0);
    trajectory.record(y0, y1);
    return trajectory;
  }

  @Override
  public Exactness exactness() {
    return Exactness.APPROXIMATE;
  }

  @Override
  public void check(StepMethod method, StepControl forwardControl) {
    Unsupported.requireExplicit(method, "Interpolated");
    if (!(method instanceof DenseStepMethod)) {
      throw Unsupported.because(
          "Interpolated needs a method with dense output, which "
              + method
              + " has not; use DormandPrince, or AnodeCheckpoint with any method.");
    }
    if (control != null) {
      control.check(method);
    }
  }

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    long backwardSteps =
        control == null || control.steps().isEmpty() ? steps : control.steps().getAsInt();
    long backward = method.startEvaluations() + backwardSteps * method.stages();
    long perStep = 1L + method.carriedArrays() + ((DenseStepMethod) method).denseArrays();
    long kept = steps * perStep + 1L + method.carriedArrays();
    return new AdjointCost(
        method.startEvaluations() + (long) steps * method.stages(),
        0,
        backward,
        backward,
        new Kept(kept, 0, 0),
        new Kept(kept, 0, 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interpolated that && Objects.equals(control, that.control);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Interpolated.class, control);
  }

  @Override
  public String toString() {
    return "Interpolated(" + (control == null ? "" : control) + ")";
  }

  /** The interpolants of all steps, and the states that they share. */
  private final class DenseTrajectory implements Trajectory, StepRecorder {
    private final InitialValueProblem problem;
    private final long arrayBytes;
    private final List<DenseStep> steps = new ArrayList<>();
    private final List<SolverState> states = new ArrayList<>();
    private DenseStep attempt;
    private TimeGrid grid;

    DenseTrajectory(InitialValueProblem problem, INDArray y0) {
      this.problem = problem;
      this.arrayBytes = ArrayPool.bytes(y0);
    }

    void record(INDArray y0, INDArray y1) {
      Solution solution = problem.solve(y0, y1, this);
      grid = solution.grid();
      keep(solution.last());
    }

    @Override
    public boolean keepsLastState() {
      return true;
    }

    @Override
    public void attempt(
        InitialValueProblem problem, Step step, SolverState from, SolverState to, INDArray error) {
      attempt =
          ((DenseStepMethod) problem.method())
              .advanceDensely(problem.field(), step, from, to, error, problem.pool());
    }

    @Override
    public boolean accept(Step step, SolverState from) {
      steps.add(attempt);
      problem.counter().save(slopeBytes());
      keep(from);
      return true;
    }

    @Override
    public void reject() {
      attempt.close();
    }

    @Override
    public void pullback(INDArray adjoint) {
      problem.counter().startBackwardPass();
      new ContinuousAdjoint(
              problem, adjoint, new StateAlongTheWay(steps), ParameterIntegral.SEMINORM)
          .solve(BackwardSteps.of(problem, control, grid), adjoint, null);
      close();
    }

    @Override
    public void close() {
      steps.forEach(DenseStep::close);
      problem.counter().free(steps.size() * slopeBytes());
      steps.clear();
      for (SolverState state : states) {
        problem.counter().free(state.bytes());
        state.giveBack(problem.pool());
      }
      states.clear();
    }

    private void keep(SolverState state) {
      states.add(state);
      problem.counter().save(state.bytes());
    }

    private long slopeBytes() {
      return arrayBytes * ((DenseStepMethod) problem.method()).denseArrays();
    }
  }
}
