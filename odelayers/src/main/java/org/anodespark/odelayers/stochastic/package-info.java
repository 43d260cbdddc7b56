/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Solves stochastic differential equations {@code du = f(t, u) dt + g(t, u) dW} with diagonal noise
 * in the sense of Ito, and differentiates their solutions path by path. A guide to the package.
 *
 * <pre>{@code
 * StepControl control = StochasticSteps.adaptive(1e-2, 1e-2).build();
 * BrownianPath path =
 *     new BrownianPath(seed, StochasticSteps.cells(control, 0, 1), u0.length());
 * StochasticProblem problem =
 *     new StochasticProblem(f, g, new Sosri(), control, path, pool);
 * try (Trajectory trajectory = problem.solve(new StepCheckpoint(), u0, u1)) {
 *   trajectory.pullback(gradient);   // f's and g's parameter gradients grow
 * }
 * problem.statistics();
 * }</pre>
 *
 * <table>
 *   <caption>Packages</caption>
 *   <tr><td>{@link org.anodespark.odelayers.stochastic.noise}</td><td>Brownian paths from seeds</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.stochastic.rungekutta}</td><td>methods, and the discrete adjoint of their steps</td></tr>
 * </table>
 *
 * <p>Error and stiffness of each step are measured as those of any other {@link
 * org.anodespark.odelayers.solver.MeasurableStepMethod}, by a journal, so that the regularisers of
 * steps work unchanged.
 *
 * <p>There is no second solver here. A path is a function of time, so a stochastic method along a
 * path is a step method like any other: the loop, the controls, the failures and the exact adjoint
 * strategies are those of ordinary equations. In particular a rejected step costs nothing but its
 * evaluations, because the path does not change when it is asked for a shorter interval; and
 * whatever a strategy replays finds the noise again. The gradient is that of the accepted steps at
 * fixed times and fixed noise.
 */
package org.anodespark.odelayers.stochastic;
