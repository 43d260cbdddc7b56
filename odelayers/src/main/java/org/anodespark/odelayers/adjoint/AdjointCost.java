/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

/**
 * What a strategy promises to cost for one solve of known steps and its gradient.
 *
 * @param forwardEvaluations evaluations of f in the forward pass
 * @param ofTheLastStep those among them that serve nothing but the final state
 * @param recomputedEvaluations evaluations of f in the backward pass
 * @param pullbacks vector-Jacobian products
 * @param between kept from the forward to the backward pass
 * @param peak kept at the worst moment
 */
public record AdjointCost(
    long forwardEvaluations,
    long ofTheLastStep,
    long recomputedEvaluations,
    long pullbacks,
    Kept between,
    Kept peak) {}
