/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Where gradients come from.
 *
 * <table>
 *   <caption>Strategies: N steps, s stages, |y| one state, A the activations of one evaluation</caption>
 *   <tr><th>class</th><th>gradient</th><th>evaluations</th><th>pullbacks</th><th>kept between passes</th><th>peak</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.FullStorage}</td><td>exact</td><td>N s</td><td>N s</td><td>N s (|y| + A)</td><td>the same</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.AnodeCheckpoint}</td><td>exact</td><td>N s + N s</td><td>N s</td><td>|y|</td><td>N s (|y| + A), one block at a time</td></tr>
 * </table>
 *
 * <p>A strategy owns the loop over the steps; it knows neither the field nor the method. {@link
 * org.anodespark.odelayers.adjoint.AdjointCost} states its promises as numbers, and tests hold the
 * measured counts to them.
 */
package org.anodespark.odelayers.adjoint;
