/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Stochastic Runge-Kutta methods for diagonal noise in the sense of Ito: coefficients with the
 * proof of their strong order, the steps made of them, and the discrete adjoint of these.
 *
 * <table>
 *   <caption>Methods</caption>
 *   <tr><th>method</th><th>strong order</th><th>for additive noise</th><th>f, g in a step</th><th>estimates</th><th>source</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.stochastic.rungekutta.EulerMaruyama}</td><td>0.5</td><td>1</td><td>1, 1</td><td>none</td><td>Maruyama, 1955</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.stochastic.rungekutta.Milstein}</td><td>1</td><td>1</td><td>1, 2</td><td>none</td><td>Milstein, 1974; without derivatives Kloeden and Platen, 1992</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.stochastic.rungekutta.Sosri}</td><td>1.5</td><td>1.5</td><td>4, 4</td><td>error</td><td>Rackauckas and Nie, 2020</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.stochastic.rungekutta.Sosri2}</td><td>1.5</td><td>1.5</td><td>4, 4</td><td>error, stiffness</td><td>Rackauckas and Nie, 2020</td></tr>
 * </table>
 *
 * <p>All are tableaus of one form, so one class takes their steps and one differentiates them.
 * {@link org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta#along} joins a method
 * to g and a Brownian path, which makes it a {@link org.anodespark.odelayers.solver.StepMethod}: a
 * step is a function of its two times and of the state. Its steps can be measured in a {@link
 * org.anodespark.odelayers.solver.StepJournal}. Hence fixed and adaptive steps, replays and every
 * exact adjoint strategy work as for ordinary differential equations, unchanged.
 *
 * <p>References: G. Maruyama, Rendiconti del Circolo Matematico di Palermo 4, 1955; G. N. Milstein,
 * Theory of Probability and its Applications 19, 1974; P. E. Kloeden and E. Platen, Numerical
 * Solution of Stochastic Differential Equations, 1992; A. Roessler, SIAM Journal on Numerical
 * Analysis 48, 2010; C. Rackauckas and Q. Nie, Stability-optimized high order methods and stiffness
 * detection for pathwise stiff stochastic differential equations, IEEE High Performance Extreme
 * Computing Conference, 2020.
 */
package org.anodespark.odelayers.stochastic.rungekutta;
