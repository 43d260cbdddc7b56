/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Where gradients come from.
 *
 * <p>In the table N is the number of steps, s of stages, |y| one state and A what one kept
 * evaluation of f holds: its activations. A method's state has 1 + c arrays, S = (1 + c) |y|; one
 * recorded step holds T = a |y| + s A, with a arguments of evaluations that belong to no state. k
 * is the number of snapshots and t the number of steps that a schedule takes without recording
 * them, the first sweep included: t(N, k) of {@link
 * org.anodespark.odelayers.adjoint.schedule.BinomialSchedule}.
 *
 * <table>
 *   <caption>Strategies</caption>
 *   <tr><th>class</th><th>gradient</th><th>needs</th><th>evaluations of f</th><th>pullbacks</th><th>kept between the passes</th><th>peak</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.FullStorage}</td><td>exact</td><td>nothing</td><td>N s</td><td>N s</td><td>N (S + T)</td><td>the same</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.AnodeCheckpoint}</td><td>exact</td><td>nothing</td><td>2 N s</td><td>N s</td><td>|y|</td><td>N (S + T)</td></tr>
 *   <tr><td>the same with another strategy inside</td><td>exact</td><td>an exact strategy</td><td>N s + that one's</td><td>N s</td><td>|y|</td><td>that one's</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.StepCheckpoint}</td><td>exact</td><td>nothing</td><td>2 N s</td><td>N s</td><td>N S</td><td>(N + 1) S + T</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.Revolve}</td><td>exact</td><td>N known ahead</td><td>(N + t + 1) s, t = t(N, k)</td><td>N s</td><td>(k + 1) S or less</td><td>(k + 2) S + T or less</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.OnlineCheckpoint}</td><td>exact</td><td>nothing</td><td>(N + t + 1) s, t at least t(N, k)</td><td>N s</td><td>(k + 1) S or less</td><td>(k + 2) S + T or less</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.Reversible}</td><td>exact up to rounding</td><td>a method with an inverse of i evaluations</td><td>N s + N (s + i)</td><td>N s</td><td>|y| + S</td><td>|y| + 2 S + T</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.ReverseTime}</td><td>approximate</td><td>an explicit method</td><td>N s + M s</td><td>M s</td><td>2 |y|</td><td>2 |y| + A</td></tr>
 *   <tr><td>the same with {@link org.anodespark.odelayers.adjoint.ParameterIntegral#QUADRATURE}</td><td>approximate</td><td>dense output too</td><td>N s + M (s + 3)</td><td>M (s + 3)</td><td>2 |y|</td><td>2 |y| + A</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.Interpolated}</td><td>approximate</td><td>an explicit method with dense output of d arrays a step</td><td>N s + M s</td><td>M s</td><td>N (S + d |y|) + S</td><td>that + A</td></tr>
 * </table>
 *
 * <p>Not in the table: a method whose state has arrays beside y evaluates f once more for each
 * start of a solve, and {@code FullStorage} keeps its last state too; fields whose products read
 * the results of their evaluations keep those besides. M is the number of steps backwards, N unless
 * the strategy has a step control of its own or the control chooses anew. What a solve, forwards or
 * backwards, holds of its current step is its working memory and not counted.
 *
 * <p>A strategy owns the loop over the steps; it knows neither the field nor the method. {@link
 * org.anodespark.odelayers.adjoint.AdjointCost} states its promises as exact numbers, and tests
 * hold the measured counts and bytes to them. An exact gradient has the bits of {@code
 * FullStorage}; {@link org.anodespark.odelayers.adjoint.Exactness} says what the other words mean.
 */
package org.anodespark.odelayers.adjoint;
