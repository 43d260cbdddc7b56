/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

/** What {@code model.block.adaptive.controller} may be. */
public final class StepControllers {
  /**
   * The coefficients of each name. I is the elementary controller; PI is the one that Soderlind
   * calls PI.4.7 ("Digital filters in adaptive time-stepping", ACM TOMS 29(1), 2003); PID is that
   * of Kennedy and Carpenter ("Additive Runge-Kutta schemes for convection-diffusion-reaction
   * equations", Applied Numerical Mathematics 44, 2003).
   */
  public static final Choices<Coefficients> CHOICES =
      Choices.<Coefficients>none()
          .and("i", new Coefficients(0, 1, 0))
          .and("pi", new Coefficients(0.4, 0.3, 0))
          .and("pid", new Coefficients(0.14, 0.25, 0.1));

  private StepControllers() {}

  /**
   * As {@link org.anodespark.odelayers.solver.control.AdaptiveSteps} explains them.
   *
   * @param proportional P, not negative
   * @param integral I, positive
   * @param derivative D, not negative
   */
  record Coefficients(double proportional, double integral, double derivative) {}
}
