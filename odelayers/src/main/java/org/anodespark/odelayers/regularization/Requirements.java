/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Exactness;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;

/** What regularisers ask of the other settings of a block. */
final class Requirements {
  private Requirements() {}

  static void requireExact(Regularizer regularizer, AdjointStrategy adjoint) {
    if (adjoint.exactness() == Exactness.APPROXIMATE) {
      throw because(
          regularizer.name()
              + " is differentiated through the steps of the solve, and "
              + adjoint
              + " differentiates other ones; use AnodeCheckpoint or another exact strategy.");
    }
  }

  static void requireError(Regularizer regularizer, StepMethod method, StepControl control) {
    if (!(method instanceof MeasurableStepMethod) || method.embeddedOrder() == 0) {
      throw because(
          regularizer.name()
              + " needs an estimate of the error of each step that can be differentiated, and "
              + method
              + " has none; use Tsitouras, DormandPrince, BogackiShampine or HeunEuler, and for a stochastic"
              + " equation Sosri or Sosri2.");
    }
    if (control.tolerance().isEmpty()) {
      throw because(
          regularizer.name()
              + " compares errors with the tolerances of step control, and "
              + control
              + " has none; use AdaptiveSteps.");
    }
  }

  static void requireStages(Regularizer regularizer, StepMethod method) {
    if (!(method instanceof MeasurableStepMethod)) {
      throw because(
          regularizer.name()
              + " is integrated by the stages of an explicit Runge-Kutta method, and "
              + method
              + " is none; use Tsitouras, DormandPrince, ClassicRungeKutta or another one.");
    }
  }

  /** The field itself says what it lacks. */
  static void requireJet(InitialValueProblem problem) {
    problem.field().jet(problem.start(), 1.0).close();
  }

  static void requireStiffness(Regularizer regularizer, StepMethod method) {
    if (!(method instanceof MeasurableStepMethod measurable) || !measurable.estimatesStiffness()) {
      throw because(
          regularizer.name()
              + " needs a method with two stages at the end of a step, which "
              + method
              + " has not; use Tsitouras or DormandPrince, and for a stochastic equation Sosri2.");
    }
  }

  static OdeSolveException because(String sentence) {
    return new OdeSolveException(FailureReason.UNSUPPORTED_COMBINATION, sentence);
  }
}
