/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Looks at ODE blocks while they train. Nothing in this package changes a training, and nothing
 * else in the library depends on it.
 *
 * <ul>
 *   <li>{@link org.anodespark.odelayers.listener.SolveStatisticsListener}: what the solves of every
 *       block cost, to a consumer or to the log.
 *   <li>{@link org.anodespark.odelayers.listener.GradientAudit}: whether the gradient that the
 *       training uses is the gradient of the loss.
 *   <li>{@link org.anodespark.odelayers.listener.OdeBlocks}: the blocks of a network by name.
 * </ul>
 *
 * <pre>{@code
 * network.setListeners(
 *     new SolveStatisticsListener(10, new SolveStatisticsLog()),
 *     new GradientAudit.Builder().every(1000).build());
 * }</pre>
 */
package org.anodespark.odelayers.listener;
