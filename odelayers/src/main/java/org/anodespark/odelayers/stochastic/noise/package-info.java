/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The noise of stochastic differential equations: {@link
 * org.anodespark.odelayers.stochastic.noise.BrownianPath}, reproducible from a seed.
 *
 * <pre>{@code
 * BrownianPath path = new BrownianPath(seed, TimeGrid.equalSteps(0, 1, 32), u0.length());
 * path.over(0.25, 0.5, dW, dZ);   // the increment over an interval, and what its integral needs
 * }</pre>
 *
 * <p>A path holds no numbers but a few that were asked for last; it computes them from counters, so
 * that a replay, another executor or another order of questions finds the same ones. Where cells
 * begin and end a question costs two normal numbers for each entry and cell; inside of a cell it
 * costs about forty, because the bridge is built from the cell down to the time. Cells are
 * therefore the steps of a fixed grid, and a few equal parts for steps that nobody knows ahead.
 *
 * <p>Nothing here knows of methods, fields or DL4J.
 */
package org.anodespark.odelayers.stochastic.noise;
