/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;

/**
 * A convolution whose padding keeps the size of an image that it does not stride over.
 *
 * @param height rows of the window
 * @param width columns of the window
 * @param channels that come out
 * @param stride in both directions
 */
record Convolution(int height, int width, int channels, int stride) {
  static Convolution square(int window, int channels) {
    return new Convolution(window, window, channels, 1);
  }

  Convolution withStride(int newStride) {
    return new Convolution(height, width, channels, newStride);
  }

  ChannelsLastConvolution layer(boolean bias, Precision precision) {
    return new ChannelsLastConvolution.Builder(height, width)
        .nOut(channels)
        .stride(stride, stride)
        .hasBias(bias)
        .precision(precision)
        .build();
  }
}
