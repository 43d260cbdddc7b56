/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.regularization.RegularizerSet;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * How an ODE block is solved and differentiated; the three parts fit each other.
 *
 * @param method of one step
 * @param control chooses the steps
 * @param adjoint where gradients come from
 */
public record BlockSetup(StepMethod method, StepControl control, AdjointStrategy adjoint) {
  /**
   * Equal steps.
   *
   * @param solver one of {@link StepMethods}
   * @param steps at least 1
   * @param adjoint one of {@link AdjointStrategies}
   * @param snapshots at least 1
   * @throws JobFailure with exit code 2 if the parts do not fit each other
   */
  public static BlockSetup equalSteps(String solver, int steps, String adjoint, int snapshots) {
    return fitting(solver, steps, new FixedSteps(steps), adjoint, snapshots);
  }

  /**
   * Steps by tolerances that may change over the training.
   *
   * @param solver one of {@link StepMethods}
   * @param relativeTolerance at least 0
   * @param absoluteTolerance above 0
   * @param firstFactor above 0: by which both are multiplied at the first iteration, on the way to
   *     1 at the last one by equal factors in equal times
   * @param iterations of the training, at least 1
   * @param norm one of {@link ErrorNorms}
   * @param controller one of {@link StepControllers}
   * @param maximumSteps most trial steps of one solve, at least 1
   * @param adjoint one of {@link AdjointStrategies}
   * @param snapshots at least 1
   * @throws JobFailure with exit code 2 if the parts do not fit each other
   */
  public static BlockSetup adaptiveSteps(
      String solver,
      double relativeTolerance,
      double absoluteTolerance,
      double firstFactor,
      int iterations,
      String norm,
      String controller,
      int maximumSteps,
      String adjoint,
      int snapshots) {
    StepControllers.Coefficients coefficients = StepControllers.CHOICES.get(controller);
    AdaptiveSteps.Builder control =
        new AdaptiveSteps.Builder(relativeTolerance, absoluteTolerance)
            .norm(ErrorNorms.CHOICES.get(norm))
            .coefficients(
                coefficients.proportional(), coefficients.integral(), coefficients.derivative())
            .maximumSteps(maximumSteps);
    if (firstFactor != 1) {
      control.toleranceFactor(
          new ExponentialAnnealing(ScheduleType.ITERATION, firstFactor, 1, iterations));
    }
    return fitting(solver, 0, control.build(), adjoint, snapshots);
  }

  private static BlockSetup fitting(
      String solver, int steps, StepControl control, String adjoint, int snapshots) {
    StepMethod method = StepMethods.CHOICES.get(solver).get();
    AdjointStrategy strategy = AdjointStrategies.CHOICES.get(adjoint).apply(snapshots);
    try {
      control.check(method);
      strategy.check(method, control);
    } catch (OdeSolveException e) {
      throw JobFailure.badConfiguration(
          String.format(
              "model.block.solver = %s, model.block.steps = %d and model.block.adjoint = %s do not"
                  + " work together: %s",
              solver, steps, adjoint, e.getMessage()),
          e);
    }
    return new BlockSetup(method, control, strategy);
  }

  /**
   * Looks whether regularisers fit blocks of this kind, which run from t = 0 to t = 1.
   *
   * @throws JobFailure with exit code 2 if they do not
   */
  public void requireFitting(RegularizerSetup regularizers) {
    try {
      new RegularizerSet(regularizers.over(1)).check(method, control, adjoint, 0, 1, false);
    } catch (OdeSolveException e) {
      throw JobFailure.badConfiguration(
          "model.block.regularizers do not fit the other settings of model.block: "
              + e.getMessage(),
          e);
    }
  }
}
