/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The arithmetic, as pairs of forward and backward on buffers of the caller, and the one place that
 * decides how fast everything is. Images are {@code [N, H, W, C]} (channels last) throughout.
 *
 * <table>
 *   <caption>Kernels</caption>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.LinearKernel}</td><td>2-d convolution, matrix product; ReLU, tanh or sigmoid in the same pass</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.BatchNormKernel}</td><td>batch normalisation; ReLU in the same pass</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.NonlinearityKernel}</td><td>ReLU, tanh, sigmoid, softplus, GELU by themselves</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.Jet}</td><td>Taylor coefficients along a curve and their reverse; {@link org.anodespark.odelayers.kernel.NonlinearityJet} of the functions above</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.PoolingKernel}</td><td>maxima and averages over windows or whole images</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.ExtraChannel}</td><td>one channel more</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.ColumnSums}</td><td>sums over examples</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.Parts}</td><td>parts of arrays without copies</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.LinearCombination}</td><td>sums of scaled states</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.kernel.ConversionKernel}</td><td>copies between types and of parts</td></tr>
 * </table>
 *
 * <p>Nothing here knows of layers, solvers or gradients of solvers.
 */
package org.anodespark.odelayers.kernel;
