/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Ready-made networks, as configurations of DL4J's {@code ComputationGraph} for images {@code [N,
 * H, W, C]}, and two for points.
 *
 * <table>
 *   <caption>Networks</caption>
 *   <tr><td>{@link org.anodespark.odelayers.network.ResidualOdeNetwork}</td><td>a small residual network for colour images with ODE blocks in each stage</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.network.DenseOdeNetwork}</td><td>one ODE of two dense layers, for MNIST as in the papers on regularised neural ODEs</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.network.AugmentedOdeNetwork}</td><td>one ODE of three convolutions on images with added channels, for CIFAR-10 as in one of them</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.network.CubicTrajectoryNetwork}</td><td>an ODE block that learns trajectories</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.network.CubicMomentsNetwork}</td><td>an SDE block that learns means and variances over paths, which {@link org.anodespark.odelayers.network.BatchMoments} computes</td></tr>
 * </table>
 *
 * <p>{@code network.latent} holds a network for irregularly observed time series.
 *
 * <p>{@link org.anodespark.odelayers.network.OdeBlockSettings} say how the ODEs are solved.
 */
package org.anodespark.odelayers.network;
