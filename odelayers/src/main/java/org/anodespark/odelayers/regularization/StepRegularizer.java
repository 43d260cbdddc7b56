/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.List;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A regulariser whose value is a function of what is measured of the accepted steps. It is
 * differentiated by the discrete adjoint of the solve, so it works with every strategy that has
 * one. Lengths of steps are constants, and rejected steps contribute nothing.
 */
public abstract class StepRegularizer extends WeightedRegularizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param coefficient not negative at any iteration
   */
  protected StepRegularizer(ISchedule coefficient) {
    super(coefficient);
  }

  /** Whether it reads the errors of the steps. */
  public abstract boolean readsError();

  /** Whether it reads their stiffness. */
  public abstract boolean readsStiffness();

  /**
   * The value and its derivatives, without the coefficient.
   *
   * @param steps of the accepted steps in their order, at least one
   * @param method by which they were taken
   */
  public abstract StepPenalty penalty(List<StepMeasure> steps, MeasurableStepMethod method);

  @Override
  public void check(StepMethod method, StepControl control, AdjointStrategy adjoint) {
    Requirements.requireExact(this, adjoint);
    if (readsError()) {
      Requirements.requireError(this, method, control);
    }
    if (readsStiffness()) {
      Requirements.requireStiffness(this, method);
    }
  }
}
