/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * DL4J layers on the kernels, for use in any DL4J network and, without copies, inside an ODE block.
 *
 * <p>{@link org.anodespark.odelayers.layer.ChannelsLastConvolution} and {@link
 * org.anodespark.odelayers.layer.ChannelsLastBatchNorm} are configuration beans that extend DL4J's
 * own, so parameters, builders and JSON are the familiar ones; their implementations answer DL4J
 * and {@link org.anodespark.odelayers.layer.BufferedLayer} alike. To write another: extend the bean
 * that is nearest, implement {@code BufferedLayer} on a kernel: {@code forward}, {@code backward}
 * and {@code pushforward}, keep nothing in fields between calls.
 */
package org.anodespark.odelayers.layer;
