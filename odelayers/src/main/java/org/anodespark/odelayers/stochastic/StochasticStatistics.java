/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic;

import java.io.Serializable;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;

/**
 * What one solve of a stochastic equation and its gradient cost.
 *
 * @param solve steps, rejections, bytes, and evaluations and products of f and g together
 * @param driftEvaluations evaluations of f in the forward pass
 * @param diffusionEvaluations evaluations of g in the forward pass
 */
public record StochasticStatistics(
    SolveStatistics solve, long driftEvaluations, long diffusionEvaluations)
    implements Serializable {
  /**
   * Tells the two fields apart: every trial takes the same number of evaluations of g, and what
   * remains are those of f, the ones that chose the first step among them.
   */
  static StochasticStatistics of(SolveStatistics solve, StochasticRungeKutta method) {
    long trials = solve.acceptedSteps() + solve.rejectedSteps();
    long diffusions = trials * method.diffusionEvaluations();
    return new StochasticStatistics(solve, solve.forwardEvaluations() - diffusions, diffusions);
  }

  /** Both together. */
  public StochasticStatistics plus(StochasticStatistics other) {
    return new StochasticStatistics(
        solve.plus(other.solve),
        driftEvaluations + other.driftEvaluations,
        diffusionEvaluations + other.diffusionEvaluations);
  }
}
