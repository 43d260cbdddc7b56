/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Methods for initial value problems, as pure steps.
 *
 * <table>
 *   <caption>Methods</caption>
 *   <tr><th>class</th><th>order</th><th>stages</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.Euler}</td><td>1</td><td>1</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.ExplicitMidpoint}</td><td>2</td><td>2</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.ClassicRungeKutta}</td><td>4</td><td>4</td></tr>
 * </table>
 *
 * <p>A step is taken ({@code advance}) or taken and {@linkplain
 * org.anodespark.odelayers.solver.StepTape recorded}; a recorded step can be differentiated
 * exactly. An explicit Runge-Kutta method of one's own is a subclass of {@link
 * org.anodespark.odelayers.solver.ExplicitRungeKutta} with a {@link
 * org.anodespark.odelayers.solver.ButcherTableau}. Nothing here knows of DL4J layers or of adjoint
 * strategies.
 */
package org.anodespark.odelayers.solver;
