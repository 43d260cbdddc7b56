/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

/**
 * What a strategy promises to cost for one solve and its gradient. "State" is an array of the shape
 * of y; "evaluation" is everything that one kept evaluation of f holds besides its argument.
 *
 * @param forwardEvaluations evaluations of f in the forward pass
 * @param recomputedEvaluations evaluations of f in the backward pass
 * @param pullbacks vector-Jacobian products
 * @param statesBetween states kept from the forward to the backward pass, the initial one included
 * @param evaluationsBetween evaluations kept from the forward to the backward pass
 * @param peakStates most states kept at once, the initial one included
 * @param peakEvaluations most evaluations kept at once
 */
public record AdjointCost(
    long forwardEvaluations,
    long recomputedEvaluations,
    long pullbacks,
    long statesBetween,
    long evaluationsBetween,
    long peakStates,
    long peakEvaluations) {}
