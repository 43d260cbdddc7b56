/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;

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
    long peakSavedBytes)
    implements Serializable {
  /** Both together: counts are added up, of the peaks the larger one stays. */
  public SolveStatistics plus(SolveStatistics other) {
    return new SolveStatistics(
        forwardEvaluations + other.forwardEvaluations,
        recomputedEvaluations + other.recomputedEvaluations,
        pullbacks + other.pullbacks,
        acceptedSteps + other.acceptedSteps,
        rejectedSteps + other.rejectedSteps,
        Math.max(peakSavedBytes, other.peakSavedBytes));
  }
}
