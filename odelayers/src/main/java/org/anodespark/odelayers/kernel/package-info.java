/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The arithmetic, as pairs of forward and backward on buffers of the caller, and the one place that
 * decides how fast everything is. Images are {@code [N, H, W, C]} (channels last) throughout.
 *
 * <table>
 *   <caption>Kernels</caption>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.ConvolutionKernel}</td><td>2-d convolution</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.BatchNormKernel}</td><td>batch normalisation, with or without ReLU</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.Rectifier}</td><td>ReLU</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.ExtraChannel}</td><td>one channel more</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.LinearCombination}</td><td>sums of scaled states</td></tr>
 * </table>
 *
 * <p>Nothing here knows of layers, solvers or gradients of solvers.
 */
package org.anodespark.odelayers.kernel;
