/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Ready-made networks.
 *
 * <ul>
 *   <li>{@link org.anodespark.odelayers.network.ResidualOdeNetwork}: a small residual network for
 *       32x32 colour images with ODE blocks in each stage
 *   <li>{@link org.anodespark.odelayers.network.CubicTrajectoryNetwork}: an ODE block that learns
 *       trajectories
 *   <li>{@link org.anodespark.odelayers.network.CubicMomentsNetwork}: an SDE block that learns
 *       means and variances over paths, which {@link org.anodespark.odelayers.network.BatchMoments}
 *       computes
 * </ul>
 */
package org.anodespark.odelayers.network;
