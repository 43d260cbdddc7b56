/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;

/**
 * One strategy with one method and one number of steps.
 *
 * @param method the method
 * @param strategy the strategy
 * @param steps N
 * @param statistics what was counted
 * @param declared what the strategy promises
 * @param declaredPeakBytes the promised peak in bytes
 * @param bytesBetween bytes kept for the gradient between the passes
 * @param medianSeconds median time of forward and backward pass together
 */
public record Measurement(
    StepMethod method,
    AdjointStrategy strategy,
    int steps,
    SolveStatistics statistics,
    AdjointCost declared,
    long declaredPeakBytes,
    long bytesBetween,
    double medianSeconds) {}
