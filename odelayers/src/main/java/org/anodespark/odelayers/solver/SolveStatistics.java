/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one solve and its gradient cost.
 *
 * @param forwardEvaluations evaluations of f in the forward pass
 * @param recomputedEvaluations evaluations of f that the backward pass took
 * @param pullbacks vector-Jacobian products
 * @param pushforwards Jacobian-vector products; only implicit methods take any
 * @param jetCoefficients Taylor coefficients of f that regularisers of derivatives computed, in
 *     both passes; each takes about as long as an evaluation but is none, since the solve itself
 *     does without and predictions have none
 * @param jetPullbacks coefficients among them that were pulled back
 * @param acceptedSteps steps of the forward pass
 * @param rejectedSteps trial steps of the forward pass that step control threw away
 * @param shortestStep smallest |h| of an accepted step; infinity before the first one
 * @param longestStep largest |h| of an accepted step
 * @param peakSavedBytes most bytes ever kept at once for the gradient: states and evaluations
 * @param reconstructionError relative distance of the initial state that the backward pass arrived
 *     at from the true one, |rebuilt - y(t0)| / |y(t0)|; NaN for strategies that rebuild nothing
 * @param regularizers value of each regulariser by its name, without its coefficient; empty for
 *     solves without any
 */
public record SolveStatistics(
    long forwardEvaluations,
    long recomputedEvaluations,
    long pullbacks,
    long pushforwards,
    long jetCoefficients,
    long jetPullbacks,
    long acceptedSteps,
    long rejectedSteps,
    double shortestStep,
    double longestStep,
    long peakSavedBytes,
    double reconstructionError,
    SortedMap<String, Double> regularizers)
    implements Serializable {
  /** Keeps a copy of the map. */
  public SolveStatistics {
    regularizers = Collections.unmodifiableSortedMap(new TreeMap<>(regularizers));
  }

  /** Of a solve without regularisers. */
  public SolveStatistics(
      long forwardEvaluations,
      long recomputedEvaluations,
      long pullbacks,
      long pushforwards,
      long acceptedSteps,
      long rejectedSteps,
      double shortestStep,
      double longestStep,
      long peakSavedBytes,
      double reconstructionError) {
    this(
        forwardEvaluations,
        recomputedEvaluations,
        pullbacks,
        pushforwards,
        0,
        0,
        acceptedSteps,
        rejectedSteps,
        shortestStep,
        longestStep,
        peakSavedBytes,
        reconstructionError,
        Collections.emptySortedMap());
  }

  /**
   * Both together: counts and values of regularisers are added up, of the rest the more extreme one
   * stays.
   */
  public SolveStatistics plus(SolveStatistics other) {
    return new SolveStatistics(
        forwardEvaluations + other.forwardEvaluations,
        recomputedEvaluations + other.recomputedEvaluations,
        pullbacks + other.pullbacks,
        pushforwards + other.pushforwards,
        jetCoefficients + other.jetCoefficients,
        jetPullbacks + other.jetPullbacks,
        acceptedSteps + other.acceptedSteps,
        rejectedSteps + other.rejectedSteps,
        Math.min(shortestStep, other.shortestStep),
        Math.max(longestStep, other.longestStep),
        Math.max(peakSavedBytes, other.peakSavedBytes),
        largerNumber(reconstructionError, other.reconstructionError),
        sum(regularizers, other.regularizers));
  }

  private static SortedMap<String, Double> sum(Map<String, Double> a, Map<String, Double> b) {
    SortedMap<String, Double> sum = new TreeMap<>(a);
    b.forEach((name, value) -> sum.merge(name, value, Double::sum));
    return sum;
  }

  private static double largerNumber(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }
}
