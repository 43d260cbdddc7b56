/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks that layers of this package make on their input. */
final class Inputs {
  private Inputs() {}

  /**
   * Refuses images that are not channels-last.
   *
   * @throws DL4JInvalidConfigException naming the layer and the way to get channels-last input
   */
  static void requireChannelsLast(InputType inputType, Layer layer) {
    if (inputType instanceof InputType.InputTypeConvolutional images
        && images.getFormat() != CNN2DFormat.NHWC) {
      throw new DL4JInvalidConfigException(
          name(layer)
              + " takes images with channels last, but its input is "
              + inputType
              + "; use InputType.convolutional(height, width, channels, CNN2DFormat.NHWC).");
    }
  }

  /**
   * Refuses arrays that are not images.
   *
   * @throws DL4JInvalidInputException naming the layer
   */
  static void requireImages(long[] shape, Layer layer) {
    if (shape.length != 4) {
      throw new DL4JInvalidInputException(
          name(layer)
              + " takes images [N, H, W, C], but was given an array of shape "
              + Arrays.toString(shape)
              + ".");
    }
  }

  /**
   * Refuses arrays with another number of channels.
   *
   * @param expected channels of the last axis
   * @throws DL4JInvalidInputException naming the layer
   */
  static void requireChannels(long expected, long[] shape, Layer layer) {
    if (shape[shape.length - 1] != expected) {
      throw new DL4JInvalidInputException(
          name(layer)
              + " takes "
              + expected
              + " channels on the last axis, but was given an array of shape "
              + Arrays.toString(shape)
              + ".");
    }
  }

  /**
   * Refuses masks.
   *
   * @param mask null if there is none
   * @throws UnsupportedOperationException naming the layer
   */
  static void refuseMask(INDArray mask, Layer layer) {
    if (mask != null) {
      throw new UnsupportedOperationException(
          name(layer)
              + " takes no masks, but the data have one; use DL4J's "
              + layer.getClass().getSuperclass().getSimpleName()
              + " for masked data.");
    }
  }

  /** How errors call a layer. */
  static String name(Layer layer) {
    return layer.getClass().getSimpleName() + " (layer name: " + layer.getLayerName() + ")";
  }
}
