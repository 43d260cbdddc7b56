/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * DL4J layers on the kernels, for use in any DL4J network and, without copies, inside an ODE block.
 *
 * <table>
 *   <caption>Layers, and the ones of DL4J whose beans they extend</caption>
 *   <tr><td>{@link org.anodespark.odelayers.layer.ChannelsLastConvolution}</td><td>{@code ConvolutionLayer}</td><td>2-d convolution, with groups; identity, ReLU, tanh or sigmoid in the same pass</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.ChannelsLastBatchNorm}</td><td>{@code BatchNormalization}</td><td>batch normalisation; identity or ReLU in the same pass</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.ChannelsLastBatchNormPerStep}</td><td>the one above</td><td>one for each step of an ODE block</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.ChannelsLastGroupNorm}</td><td>none</td><td>group normalisation; identity or ReLU in the same pass</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.ChannelsLastPooling}</td><td>{@code SubsamplingLayer}</td><td>maxima and averages in windows</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.ChannelsLastGlobalAverage}</td><td>{@code GlobalPoolingLayer}</td><td>averages of whole images, which become rows</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.BufferedDense}</td><td>{@code DenseLayer}</td><td>matrix product of rows; identity, ReLU, tanh or sigmoid in the same pass</td></tr>
 *   <tr><td>{@link org.anodespark.odelayers.layer.BufferedActivation}</td><td>{@code ActivationLayer}</td><td>ReLU, tanh, sigmoid, softplus, cube or GELU by itself</td></tr>
 * </table>
 *
 * <p>Parameters, builders and JSON are those of DL4J's layers, so weights move freely; {@link
 * org.anodespark.odelayers.layer.LayerSettings} copies the settings between beans. The
 * implementations answer DL4J and {@link org.anodespark.odelayers.layer.BufferedLayer} alike; what
 * they share towards DL4J is in {@code LatestPass}.
 *
 * <p>Layers that are linear functions of their input can take the time for its last channel, which
 * then is in no array: {@link org.anodespark.odelayers.layer.TimeChannelLayer}, made by beans that
 * {@link org.anodespark.odelayers.layer.TakesTime take the time}.
 *
 * <p>Dense layers, convolutions and activations have {@linkplain
 * org.anodespark.odelayers.layer.LayerPasses#jet Taylor coefficients}, whether they take the time
 * or not.
 *
 * <p>To write another: extend the bean that is nearest, implement {@code BufferedLayer} on a
 * kernel: {@code forward}, {@code backward} and {@code pushforward}, keep nothing in fields between
 * calls. Subclass {@code AbstractBufferedLayer} with parameters, {@code AbstractParameterlessLayer}
 * without.
 */
package org.anodespark.odelayers.layer;
