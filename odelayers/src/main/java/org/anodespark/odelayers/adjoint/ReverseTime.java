/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.Objects;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.slf4j.LoggerFactory;

/**
 * The classical neural ODE adjoint: state and adjoint are solved backwards in time from the end,
 * and nothing of the way is kept (Chen et al., "Neural Ordinary Differential Equations", NeurIPS
 * 2018).
 *
 * <p><b>For study.</b> The gradient is approximate: it differentiates another discretisation than
 * the forward solve used, and the state that it rebuilds may be far from the one that was, above
 * all for rectifiers, for strongly contracting fields and for few steps (Gholami, Keutzer and
 * Biros, 2019). With y' = -25 y and 50 Euler steps on [0, 1] it is 25 times too small. The distance
 * of the rebuilt initial state from the true one is in the solve's statistics, and is logged as a
 * warning when it is large.
 */
public final class ReverseTime implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  private final StepControl control;
  private final ParameterIntegral parameters;

  /** With the step control of the forward solve, {@link ParameterIntegral#SEMINORM}. */
  public ReverseTime() {
    this(null, ParameterIntegral.SEMINORM);
  }

  /**
   * @param control step control of the backward solve; null for that of the forward solve
   * @param parameters how the parameter gradient is computed; null for {@code SEMINORM}
   */
  public ReverseTime(
      @JsonProperty("control") StepControl control,
      @JsonProperty("parameters") ParameterIntegral parameters) {
    this.control = control;
    this.parameters = parameters == null ? ParameterIntegral.SEMINORM : parameters;
  }

  /** Step control of the backward solve; null for that of the forward solve. */
  @JsonProperty("control")
  public StepControl control() {
    return control;
  }

  /** How the parameter gradient is computed. */
  @JsonProperty("parameters")
  public ParameterIntegral parameters() {
    return parameters;
  }

  @Override
  public Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    return solve(problem, y0, y1, Log.WARNING);
  }

  /** As the public one, with a warning of the caller's. */
  Trajectory solve(
      InitialValueProblem problem, INDArray y0, INDArray y1, ReconstructionWarning warning) {
    INDArray end = problem.pool().borrow(y0.shape());
    TimeGrid grid;
    try {
      grid = problem.solve(y0, end);
    } catch (OdeSolveException e) {
      problem.pool().giveBack(end);
      throw e;
    }
    if (y1 != null) {
      y1.assign(end);
    }
    problem.counter().save(2 * ArrayPool.bytes(y0));
    return new Ends(problem, grid, y0, end, warning);
  }

  @Override
  public Exactness exactness() {
    return Exactness.APPROXIMATE;
  }

  @Override
  public void check(StepMethod method, StepControl forwardControl) {
    Unsupported.requireExplicit(this, method);
    if (parameters == ParameterIntegral.QUADRATURE && !(method instanceof DenseStepMethod)) {
      throw Unsupported.because(
          "ReverseTime with QUADRATURE needs a method with dense output, which "
              + method
              + " has not; use DormandPrince, or ReverseTime with SEMINORM.");
    }
    if (control != null) {
      control.check(method);
    }
  }

  @Override
  public AdjointCost cost(int steps, StepMethod method) {
    long quadrature =
        parameters == ParameterIntegral.QUADRATURE ? ParameterQuadrature.EVALUATIONS : 0;
    long backward =
        method.startEvaluations()
            + BackwardSteps.count(control, steps) * (method.stages() + quadrature);
    return new AdjointCost(
        method.startEvaluations() + (long) steps * method.stages(),
        0,
        backward,
        backward,
        new Kept(2, 0, 0),
        new Kept(2, 0, 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReverseTime that
        && Objects.equals(control, that.control)
        && parameters == that.parameters;
  }

  @Override
  public int hashCode() {
    return Objects.hash(ReverseTime.class, control, parameters.name());
  }

  @Override
  public String toString() {
    return "ReverseTime(" + (control == null ? "" : control + ", ") + parameters + ")";
  }

  /** Both ends of the solve; the first one only to see how far from it the rebuilt state is. */
  private final class Ends implements Trajectory {
    private final InitialValueProblem problem;
    private final TimeGrid grid;
    private final INDArray y0;
    private final ReconstructionWarning warning;
    private INDArray y1;

    Ends(
        InitialValueProblem problem,
        TimeGrid grid,
        INDArray y0,
        INDArray y1,
        ReconstructionWarning warning) {
      this.problem = problem;
      this.grid = grid;
      this.y0 = y0;
      this.y1 = y1;
      this.warning = warning;
    }

    @Override
    public void pullback(INDArray adjoint) {
      problem.counter().startBackwardPass();
      new ContinuousAdjoint(new BackwardSteps(problem, control, grid), parameters)
          .rebuilding(y1, adjoint);
      double error = Reconstruction.relativeError(y1, y0, problem.pool());
      problem.counter().reconstructed(error);
      warning.report(error);
      close();
    }

    @Override
    public void close() {
      if (y1 != null) {
        problem.counter().free(2 * ArrayPool.bytes(y1));
        problem.pool().giveBack(y1);
        y1 = null;
      }
    }
  }

  /** Apart, so that a configuration can be read and checked where there is no logging. */
  private static final class Log {
    static final ReconstructionWarning WARNING =
        new ReconstructionWarning(
            LoggerFactory.getLogger(ReverseTime.class),
            "Solving backwards in time",
            "Take more steps, or use AnodeCheckpoint.");
  }
}
