/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Which steps a solve takes.
 *
 * <table>
 *   <caption>Step controls</caption>
 *   <tr><th>class</th><th>steps</th><th>methods</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.control.FixedSteps}</td><td>a given number of equal ones</td><td>all</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.control.AdaptiveSteps}</td><td>as long as an error estimate allows; I, PI or PID control</td><td>those with an embedded order</td></tr>
 * </table>
 *
 * <p>What one solve remembers is in its session; the controls themselves are immutable beans. One
 * step size holds for a whole batch; {@link org.anodespark.odelayers.solver.control.ErrorNorm} says
 * whether the batch's mean or its worst example decides.
 */
package org.anodespark.odelayers.solver.control;
