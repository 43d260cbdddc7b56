/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Regularisers that make the equation of a block easier to solve.
 *
 * <table>
 *   <caption>Regularisers</caption>
 *   <tr><th>class</th><th>what joins the loss</th><th>gradient by</th><th>needs</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.ErrorEstimate}</td><td>sum or mean of E |h| or E^2 over the accepted steps</td><td>the discrete adjoint of the solve</td><td>an explicit pair, AdaptiveSteps, an exact strategy</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.StiffnessEstimate}</td><td>sum, mean or maximum of S / r</td><td>likewise</td><td>Tsitouras, DormandPrince or Sosri2, an exact strategy</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.KineticEnergy}</td><td>integral of the mean of f^2</td><td>likewise</td><td>an explicit Runge-Kutta method, an exact strategy</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.JacobianFrobenius}</td><td>integral of the mean of (J e)^2, e random</td><td>likewise, with Taylor coefficients</td><td>the same, and layers that have Taylor coefficients</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.TaylorRegularization}</td><td>integral of the mean of (d^K y/dt^K)^2</td><td>likewise</td><td>likewise</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.LocalRegularization}</td><td>E |h| or S / r of one step of its own</td><td>that step</td><td>an explicit pair with dense output, AdaptiveSteps, an exact strategy</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.regularization.Steer}</td><td>nothing: the end time is random</td><td>the solve</td><td>one output time</td></tr>
 * </table>
 *
 * <p>A {@link org.anodespark.odelayers.regularization.Regularizer} is a bean of the block's
 * configuration. A {@link org.anodespark.odelayers.regularization.RegularizedSolve} is what all of
 * them do during one solve: it hands out the problem with a method that notes its steps in a {@link
 * org.anodespark.odelayers.solver.StepJournal}, computes the values when the solve is over, and
 * puts their derivatives into the journal, where the tapes of the backward pass find them. So no
 * adjoint strategy knows of regularisers, and all that differentiate recorded steps work with them.
 *
 * <p>A regulariser of one's own that is a function of the measures of the steps extends {@link
 * org.anodespark.odelayers.regularization.StepRegularizer}; one that is an integral along the
 * solution extends {@link org.anodespark.odelayers.regularization.IntegralRegularizer} and says
 * what is integrated by a {@link org.anodespark.odelayers.solver.StageIntegrand}.
 */
package org.anodespark.odelayers.regularization;
