/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * ODE blocks as DL4J layers: {@link org.anodespark.odelayers.OdeBlock} is the configuration bean,
 * {@link org.anodespark.odelayers.OdeBlockLayer} runs it. {@link org.anodespark.odelayers.SdeBlock}
 * and {@link org.anodespark.odelayers.SdeBlockLayer} are the same for stochastic equations.
 *
 * <table>
 *   <caption>Packages</caption>
 *   <tr><td>{@code dynamics}</td><td>f(t, y; theta) and its vector-Jacobian product; layers as a field</td></tr>
 *   <tr><td>{@code solver}</td><td>methods for one step, and their discrete adjoint</td></tr>
 *   <tr><td>{@code adjoint}</td><td>strategies: what is kept, what is computed again</td></tr>
 *   <tr><td>{@code regularization}</td><td>regularisers that make the ODE easier to solve</td></tr>
 *   <tr><td>{@code stochastic}</td><td>stochastic equations: noise, methods and their discrete adjoint</td></tr>
 *   <tr><td>{@code layer}</td><td>DL4J layers on the kernels</td></tr>
 *   <tr><td>{@code kernel}</td><td>the arithmetic</td></tr>
 *   <tr><td>{@code memory}</td><td>buffers that are used again</td></tr>
 *   <tr><td>{@code network}</td><td>ready-made networks</td></tr>
 *   <tr><td>{@code footprint}</td><td>how much native memory a network takes</td></tr>
 *   <tr><td>{@code listener}</td><td>training listeners: costs of solves, audits of gradients</td></tr>
 * </table>
 */
package org.anodespark.odelayers;
