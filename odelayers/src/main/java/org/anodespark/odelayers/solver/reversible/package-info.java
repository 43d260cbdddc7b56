/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Methods whose steps can be undone algebraically, up to rounding, so that a gradient needs to keep
 * no state but the last one: the methods for the strategy {@code Reversible}.
 *
 * <table>
 *   <caption>Methods; beside y means arrays that the state carries</caption>
 *   <tr><th>class</th><th>order</th><th>stages</th><th>beside y</th><th>evaluations to undo and differentiate a step</th><th>stable for h lambda</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog}</td><td>2</td><td>1</td><td>1</td><td>1</td><td>strictly between -i and i</td></tr>
 *   <tr><td>the same with damping eta</td><td>1</td><td>1</td><td>1</td><td>1</td><td>also from -2 (1 - eta) / eta to 0</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.solver.reversible.ReversibleHeun}</td><td>2</td><td>1</td><td>2</td><td>2</td><td>strictly between -i and i</td></tr>
 * </table>
 *
 * <p><b>Which one.</b> {@code AsynchronousLeapfrog} costs half as much on the way back, carries
 * less and makes the smaller error. Both are stable on the imaginary axis only: what a method gains
 * by being reversible it must not lose, so errors that a Runge-Kutta method forgets where the
 * solution contracts, these carry along, and let grow as fast as the solution shrinks. Use them for
 * short intervals and mild fields, and look at {@link
 * org.anodespark.odelayers.solver.SolveStatistics#reconstructionError}: near the unit of rounding
 * all is well.
 *
 * <p>A method of one's own implements {@link org.anodespark.odelayers.solver.InvertibleStepMethod}.
 */
package org.anodespark.odelayers.solver.reversible;
