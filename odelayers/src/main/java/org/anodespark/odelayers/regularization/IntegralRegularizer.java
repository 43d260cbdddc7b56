/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A regulariser whose value is the integral of a number along the solution, by the quadrature of
 * the method over the accepted steps: {@code sum over the steps of |h| * sum over stages i of b_i
 * r(t_i, g_i)}. Step control does not see it, so the steps are those of a solve without. It is
 * differentiated by the discrete adjoint of the solve, with constant lengths of steps, and works
 * with every explicit Runge-Kutta method, step control and exact strategy.
 */
public abstract class IntegralRegularizer extends WeightedRegularizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param coefficient not negative at any iteration
   */
  protected IntegralRegularizer(ISchedule coefficient) {
    super(coefficient);
  }

  /**
   * Whether {@linkplain StageIntegrand#readsSlope its integrand reads the slopes} of the stages,
   * which recorded steps then keep.
   */
  public boolean readsSlopes() {
    return false;
  }

  /** Arrays of the shape of y that it keeps from the start of a solve to its gradient. */
  public int statesKept() {
    return 0;
  }

  /**
   * Begins a solve in training.
   *
   * @param problem what is solved
   * @param y0 its initial state
   * @return what is integrated; closed after the gradient
   * @throws org.anodespark.odelayers.failure.OdeSolveException with reason {@code
   *     UNSUPPORTED_COMBINATION} if the field does not offer what that needs
   */
  public abstract StageIntegrand integrand(InitialValueProblem problem, INDArray y0);

  @Override
  public void check(StepMethod method, StepControl control, AdjointStrategy adjoint) {
    Requirements.requireExact(this, adjoint);
    Requirements.requireStages(this, method);
  }
}
