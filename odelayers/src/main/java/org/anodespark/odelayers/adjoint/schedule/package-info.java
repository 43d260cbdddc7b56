/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Which states to keep when a chain of N steps is to be differentiated backwards with room for k
 * states: step numbers only, no arrays and no mathematics of the steps.
 *
 * <table>
 *   <caption>Schedules</caption>
 *   <tr><th>class</th><th>N</th><th>advances</th><th>advances of one step</th></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.schedule.BinomialSchedule}</td><td>known</td><td>fewest possible</td><td>fewest possible</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.adjoint.schedule.OnlineSchedule}</td><td>not known</td><td>near the fewest</td><td>fewest possible</td></tr>
 * </table>
 *
 * <p>A {@link org.anodespark.odelayers.adjoint.schedule.CheckpointSchedule} only decides; the
 * states are in the hands of its user, whose loop is
 *
 * <pre>{@code
 * keep state 0
 * for n = 0 .. N-1                                 // forward; the end may be found on the way
 *   if n > 0: carry out schedule.reach(n)          // drop first, then keep state n, or neither
 *   take step n
 *
 * for i = N-1 .. 0                                 // backward
 *   p = the last kept state, never after i
 *   if state i is neither kept nor at hand
 *     schedule.restart(p, i)
 *     for n = p+1 .. i
 *       take step n-1
 *       carry out schedule.reach(n)
 *   record step i and pull it back
 *   release state i if it is kept
 * }</pre>
 *
 * <p>The state at which a sweep ends is at hand without being kept, so that k + 1 states are in
 * memory besides what the recorded step needs. At the end of the forward sweep that is state N - 1,
 * not N. A user who does not hold on to state N - 1 sweeps to it once more, by {@code restart(p, N
 * - 1)}, and pays for N - 1 - p advances that {@link
 * org.anodespark.odelayers.adjoint.schedule.ScheduleCost} does not count.
 */
package org.anodespark.odelayers.adjoint.schedule;
