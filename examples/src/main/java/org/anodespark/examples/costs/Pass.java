/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import org.anodespark.odelayers.solver.SolveStatistics;

/**
 * One forward and one backward pass.
 *
 * @param statistics what was counted
 * @param bytesBetween bytes kept for the gradient when the forward pass was over
 * @param seconds what both passes took
 */
record Pass(SolveStatistics statistics, long bytesBetween, double seconds) {}
