/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;

/** Which axis of an array DL4J's layers take for the channels (features, filters). */
final class ChannelAxis {
  private ChannelAxis() {}

  /**
   * Whether the last axis holds the channels, instead of axis 1; for matrices these are the same.
   * The input type of a network is not at hand after it was saved and loaded, or if it was never
   * given, so the layers are asked: every kind of convolution is configured for one layout, and one
   * of them there must be where the channels are to become one less.
   *
   * @param layers first to last; the first one that says something counts
   */
  static boolean isLast(List<Layer> layers) {
    return layers.stream()
        .map(ChannelAxis::format)
        .filter(Objects::nonNull)
        .findFirst()
        .map(
            format ->
                format == CNN2DFormat.NHWC
                    || format == RNNFormat.NWC
                    || format == Convolution3D.DataFormat.NDHWC)
        .orElse(false);
  }

  /** The layout that a layer is configured for; null if it takes any. */
  private static Object format(Layer layer) {
    if (layer instanceof Convolution1DLayer sequence) {
      return sequence.getRnnDataFormat();
    }
    if (layer instanceof Convolution3D volume) {
      return volume.getDataFormat();
    }
    if (layer instanceof Deconvolution3D volume) {
      return volume.getDataFormat();
    }
    if (layer instanceof ConvolutionLayer image) {
      return image.getCnn2dDataFormat();
    }
    if (layer instanceof LocallyConnected2D image) {
      return image.getFormat();
    }
    return null;
  }

  /**
   * The type with one more channel.
   *
   * @throws IllegalArgumentException if it has no channels
   */
  static InputType widen(InputType type) {
    if (type instanceof InputType.InputTypeFeedForward rows) {
      return InputType.feedForward(rows.getSize() + 1, rows.getTimeDistributedFormat());
    }
    if (type instanceof InputType.InputTypeConvolutional images) {
      return InputType.convolutional(
          images.getHeight(), images.getWidth(), images.getChannels() + 1, images.getFormat());
    }
    if (type instanceof InputType.InputTypeRecurrent sequences) {
      return InputType.recurrent(
          sequences.getSize() + 1, sequences.getTimeSeriesLength(), sequences.getFormat());
    }
    if (type instanceof InputType.InputTypeConvolutional3D volumes) {
      return InputType.convolutional3D(
          volumes.getDataFormat(),
          volumes.getDepth(),
          volumes.getHeight(),
          volumes.getWidth(),
          volumes.getChannels() + 1);
    }
    throw new IllegalArgumentException(
        "The time has nowhere to go as a channel of "
            + type
            + "; put a layer in front of the block that ends in rows, sequences, images or volumes.");
  }
}
