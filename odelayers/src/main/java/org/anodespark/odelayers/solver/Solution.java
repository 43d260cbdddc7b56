/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/**
 * The end of a solve.
 *
 * @param grid the times between which steps were accepted
 * @param last the state at the end; its arrays beside y are borrowed, y too unless the caller gave
 *     one
 */
public record Solution(TimeGrid grid, SolverState last) {}
