/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import java.util.List;

/**
 * Where a trial stands.
 *
 * @param trial number of the trial
 * @param decided how many rungs it is meant to reach so far, at least 1
 * @param benefits the objective at each rung it has reached, in turn, the greater the better; NaN
 *     counts as worse than any number
 * @param stopped whether a decision ended it
 * @param failed whether it failed on its way, which counts as worse than any number at all rungs
 */
public record Standing(
    int trial, int decided, List<Double> benefits, boolean stopped, boolean failed) {
  /** What a trial that failed has. */
  static final double WORST = Double.NEGATIVE_INFINITY;

  public Standing {
    benefits = List.copyOf(benefits);
  }

  /** Whether the trial has come to a rung, or failed on its way there. */
  boolean isKnownAt(int rung) {
    return benefits.size() > rung || (failed && decided > rung);
  }

  /** The objective at a rung at which it is known. */
  double benefitAt(int rung) {
    double benefit = failed ? WORST : benefits.get(rung);
    return Double.isNaN(benefit) ? WORST : benefit;
  }

  /** Whether the trial has reached a rung and nothing is decided about it yet. */
  boolean isWaitingAt(int rung) {
    return !stopped && !failed && decided == rung + 1 && benefits.size() == decided;
  }
}
