/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Explicit Runge-Kutta methods: their coefficients, with the proof of their order, and the steps
 * made of them.
 *
 * <table>
 *   <caption>Tableaus of {@link org.anodespark.odelayers.solver.rungekutta.Tableaus}</caption>
 *   <tr><th>tableau</th><th>order</th><th>stages</th><th>embedded order</th><th>dense output</th><th>first same as last</th><th>source</th></tr>
 *   <tr><td>{@code euler}</td><td>1</td><td>1</td><td></td><td></td><td></td><td>Euler, 1768</td></tr>
 *   <tr><td>{@code explicitMidpoint}</td><td>2</td><td>2</td><td></td><td></td><td></td><td>Runge, 1895</td></tr>
 *   <tr><td>{@code heun}</td><td>2</td><td>2</td><td></td><td></td><td></td><td>Heun, 1900</td></tr>
 *   <tr><td>{@code ralston}</td><td>2</td><td>2</td><td></td><td></td><td></td><td>Ralston, 1962</td></tr>
 *   <tr><td>{@code kuttaThirdOrder}</td><td>3</td><td>3</td><td></td><td></td><td></td><td>Kutta, 1901</td></tr>
 *   <tr><td>{@code classicRungeKutta}</td><td>4</td><td>4</td><td></td><td></td><td></td><td>Kutta, 1901</td></tr>
 *   <tr><td>{@code threeEighthsRule}</td><td>4</td><td>4</td><td></td><td></td><td></td><td>Kutta, 1901</td></tr>
 *   <tr><td>{@code heunEuler}</td><td>2</td><td>2</td><td>1</td><td>order 2</td><td></td><td>Heun, 1900; Euler, 1768</td></tr>
 *   <tr><td>{@code bogackiShampine}</td><td>3</td><td>4</td><td>2</td><td>order 3</td><td>yes</td><td>Bogacki and Shampine, 1989</td></tr>
 *   <tr><td>{@code dormandPrince}</td><td>5</td><td>7</td><td>4</td><td>order 4</td><td>yes</td><td>Dormand and Prince, 1980</td></tr>
 *   <tr><td>{@code tsitouras}</td><td>5</td><td>7</td><td>4</td><td>order 4</td><td>yes</td><td>Tsitouras, 2011</td></tr>
 * </table>
 *
 * <p>A {@link org.anodespark.odelayers.solver.rungekutta.ButcherTableau} is built from its rows,
 * from the top to the bottom, and proves what it claims: row sums, the order, the embedded order
 * and the order of its {@link org.anodespark.odelayers.solver.rungekutta.DenseWeights}. The proof
 * goes through Butcher's condition of every rooted tree, up to order 8, and a refusal names the
 * first tree that fails: {@code tau} is a single vertex and {@code [t1, t2]} joins trees to a new
 * root, so {@code [[tau]]} is the condition {@code sum of b_i a_ij c_j = 1/6}. Thus a wrong digit
 * in a tableau of one's own shows at once, and not as a solver that converges too slowly.
 *
 * <p>Tableaus, trees and proofs are plain Java on doubles, and know nothing of arrays, stepping or
 * fields. {@link org.anodespark.odelayers.solver.rungekutta.ExplicitRungeKutta} takes the steps of
 * any tableau, records and differentiates them; {@link
 * org.anodespark.odelayers.solver.rungekutta.EmbeddedRungeKutta} adds dense output. Each tableau of
 * the table has a method of its name, a bean without values, and {@link
 * org.anodespark.odelayers.solver.rungekutta.CustomRungeKutta} is one whose values are the
 * coefficients that its user gives.
 *
 * <p>Every explicit method can be measured during a solve. Its tape is then a stage tape with
 * seeds: gradients with respect to slopes, arguments and ends of the step that come from the scaled
 * error, the stiffness quotient, or from what is integrated over the stages.
 *
 * <p>References: J. C. Butcher, Coefficients for the study of Runge-Kutta integration processes,
 * Journal of the Australian Mathematical Society 3, 1963, and Numerical Methods for Ordinary
 * Differential Equations, 3rd edition, 2016; E. Hairer, S. P. Norsett and G. Wanner, Solving
 * Ordinary Differential Equations I, 2nd edition, 1993; C. Runge, Mathematische Annalen 46, 1895;
 * K. Heun, Zeitschrift f&uuml;r Mathematik und Physik 45, 1900; W. Kutta, the same 46, 1901; A.
 * Ralston, Mathematics of Computation 16, 1962; P. Bogacki and L. F. Shampine, Applied Mathematics
 * Letters 2, 1989; J. R. Dormand and P. J. Prince, Journal of Computational and Applied Mathematics
 * 6, 1980; Ch. Tsitouras, Computers and Mathematics with Applications 62, 2011.
 */
package org.anodespark.odelayers.solver.rungekutta;
