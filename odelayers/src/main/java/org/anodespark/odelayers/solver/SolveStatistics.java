/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/**
 * What one solve and its gradient cost.
 *
 * @param forwardEvaluations evaluations of f in the forward pass
 * @param recomputedEvaluations evaluations of f that the backward pass repeated
 * @param pullbacks vector-Jacobian products
 * @param acceptedSteps steps of the forward pass
 * @param rejectedSteps steps that a step control threw away
 * @param peakSavedBytes most bytes ever kept at once for the gradient: states and evaluations
 */
public record SolveStatistics(
    long forwardEvaluations,
    long recomputedEvaluations,
    long pullbacks,
    long acceptedSteps,
    long rejectedSteps,
    long peakSavedBytes) {
  /** A solve that has not happened. */
  public static final SolveStatistics NONE = new SolveStatistics(0, 0, 0, 0, 0, 0);
}
