/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

/**
 * The ratio of the next step to the present one, from the errors of the last three steps that
 * counted (formula in {@link AdaptiveSteps}).
 */
final class StepFactor {
  /** A smaller error is remembered as this one, lest a lucky step shortens those after it. */
  private static final double LEAST_REMEMBERED = 1e-4;

  private final AdaptiveSteps settings;
  private final int order;
  private double before;
  private double beforeThat;
  private boolean rejectedLast;

  /**
   * @param order k: the error estimate of a step shrinks with h^k
   */
  StepFactor(AdaptiveSteps settings, int order) {
    this.settings = settings;
    this.order = order;
    forget();
  }

  /** Forgets what came before: f is another one from here. */
  void forget() {
    before = 1;
    beforeThat = 1;
    rejectedLast = false;
  }

  /**
   * The factor after a trial that counts.
   *
   * @param error norm of its error, 0 to 1
   */
  double afterAcceptance(double error) {
    double p = settings.proportional();
    double i = settings.integral();
    double d = settings.derivative();
    double factor =
        settings.safety()
            * Math.pow(Math.max(error, Double.MIN_NORMAL), -(p + i + d) / order)
            * Math.pow(before, (p + 2 * d) / order)
            * Math.pow(beforeThat, -d / order);
    double greatest = rejectedLast ? 1 : settings.maximumFactor();
    beforeThat = before;
    before = Math.max(error, LEAST_REMEMBERED);
    rejectedLast = false;
    return bounded(factor, greatest);
  }

  /**
   * The factor after a trial that does not count, at most 1.
   *
   * @param error norm of its error, above 1 or not a number
   */
  double afterRejection(double error) {
    rejectedLast = true;
    return Double.isFinite(error)
        ? bounded(settings.safety() * Math.pow(error, -1.0 / order), 1)
        : settings.minimumFactor();
  }

  private double bounded(double factor, double greatest) {
    return Math.max(settings.minimumFactor(), Math.min(greatest, factor));
  }
}
