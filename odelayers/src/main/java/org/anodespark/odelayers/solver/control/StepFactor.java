/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

/** The ratio of the next step to the present one, from the errors of the last three steps. */
final class StepFactor {
  private final AdaptiveSteps settings;
  private final int order;
  private double before = 1;
  private double beforeThat = 1;
  private boolean rejectedLast;

  /**
   * @param order k: the error estimate of a step shrinks with h^k
   */
  StepFactor(AdaptiveSteps settings, int order) {
    this.settings = settings;
    this.order = order;
  }

  /** Forgets the errors so far: f is another one from here. */
  void forget() {
    before = 1;
    beforeThat = 1;
  }

  /**
   * The factor after a trial.
   *
   * @param error norm of the trial's error; at most 1 for an accepted one; may be NaN
   */
  double after(double error, boolean accepted) {
    if (!accepted) {
      rejectedLast = true;
      double factor =
          Double.isFinite(error)
              ? settings.safety() * Math.pow(error, -1.0 / order)
              : settings.minimumFactor();
      return Math.max(settings.minimumFactor(), Math.min(1, factor));
    }
    double p = settings.proportional();
    double i = settings.integral();
    double d = settings.derivative();
    double present = Math.max(error, Double.MIN_NORMAL);
    double factor =
        settings.safety()
            * Math.pow(present, -(p + i + d) / order)
            * Math.pow(before, (p + 2 * d) / order)
            * Math.pow(beforeThat, -d / order);
    beforeThat = before;
    before = present;
    double largest = rejectedLast ? 1 : settings.maximumFactor();
    rejectedLast = false;
    return Math.max(settings.minimumFactor(), Math.min(largest, factor));
  }
}
