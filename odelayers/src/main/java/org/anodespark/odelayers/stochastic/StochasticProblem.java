/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Exactness;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is solved, and with what: {@code du = f(t, u) dt + g(t, u) dW} with diagonal noise in the
 * sense of Ito, along one path, over the path's interval. One problem is one solve: it counts what
 * that costs.
 */
public final class StochasticProblem {
  private final StochasticRungeKutta method;
  private final SolveCounter counter = new SolveCounter();
  private final InitialValueProblem problem;

  /**
   * Puts a problem together.
   *
   * @param drift f
   * @param diffusion g; result of the shape of u, multiplied entry by entry with dW
   * @param method the method of one step
   * @param control chooses the steps
   * @param path the noise, of as many entries as u
   * @param pool lends the buffers
   * @throws OdeSolveException if method and control do not fit each other
   */
  public StochasticProblem(
      VectorField drift,
      VectorField diffusion,
      StochasticRungeKutta method,
      StepControl control,
      BrownianPath path,
      ArrayPool pool) {
    check(method, control);
    this.method = method;
    this.problem =
        new InitialValueProblem(
            counter.counting(drift),
            method.along(counter.counting(diffusion), path),
            control,
            path.start(),
            path.end(),
            counter,
            pool);
  }

  /**
   * Checks that a method offers what a control needs.
   *
   * @throws OdeSolveException with reason {@code UNSUPPORTED_COMBINATION}
   */
  public static void check(StochasticRungeKutta method, StepControl control) {
    if (control.steps().isEmpty() && !method.estimatesError()) {
      throw unsupported(
          control
              + " needs an estimate of the error of each step, and "
              + method
              + " gives none; use it with FixedSteps, or adaptive steps with Sosri or Sosri2.");
    }
  }

  /**
   * Checks that a strategy differentiates steps exactly: others solve an adjoint equation, which
   * for a stochastic equation would be one with noise of its own.
   *
   * @throws OdeSolveException with reason {@code UNSUPPORTED_COMBINATION}
   */
  public static void check(
      StochasticRungeKutta method, StepControl control, AdjointStrategy strategy) {
    check(method, control);
    if (strategy.exactness() != Exactness.EXACT) {
      throw unsupported(
          strategy
              + " does not differentiate the steps that were taken, which is the only gradient there"
              + " is along a given path; use FullStorage, AnodeCheckpoint or StepCheckpoint.");
    }
    strategy.check(method.withoutPath(), control);
  }

  private static OdeSolveException unsupported(String detail) {
    return new OdeSolveException(FailureReason.UNSUPPORTED_COMBINATION, detail);
  }

  /**
   * Solves without keeping anything.
   *
   * @param u0 initial state, left as it is
   * @param u1 receives the final state; not {@code u0}
   * @return the times between which steps were taken
   * @throws OdeSolveException if the solve fails
   */
  public TimeGrid solve(INDArray u0, INDArray u1) {
    return problem.solve(u0, u1);
  }

  /**
   * Solves in training.
   *
   * @param strategy an exact one; says what is kept
   * @param u0 initial state; must stay unchanged until the trajectory is closed
   * @param u1 receives the final state; not {@code u0}
   * @return what the gradient will be computed from
   * @throws OdeSolveException if the solve fails, or the strategy is not exact
   */
  public Trajectory solve(AdjointStrategy strategy, INDArray u0, INDArray u1) {
    check(method, problem.control(), strategy);
    return strategy.solve(problem, u0, u1);
  }

  /**
   * The problem as one for an ordinary equation, whose method knows path and diffusion, and is a
   * {@link org.anodespark.odelayers.solver.MeasurableStepMethod}.
   */
  public InitialValueProblem alongPath() {
    return problem;
  }

  /** What the solve, and its gradient if it was taken, have cost. */
  public StochasticStatistics statistics() {
    return StochasticStatistics.of(counter.statistics(), method);
  }
}
