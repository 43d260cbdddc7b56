/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;

/** The one check that layers of this package make on their input. */
final class ChannelsLast {
  private ChannelsLast() {}

  /**
   * Refuses images that are not channels-last.
   *
   * @throws DL4JInvalidConfigException naming the layer and the way to get channels-last input
   */
  static void require(InputType inputType, Layer layer) {
    if (inputType instanceof InputType.InputTypeConvolutional images
        && images.getFormat() != CNN2DFormat.NHWC) {
      throw new DL4JInvalidConfigException(
          layer.getClass().getSimpleName()
              + " (layer name: "
              + layer.getLayerName()
              + ") takes images with channels last, but its input is "
              + inputType
              + "; use InputType.convolutional(height, width, channels, CNN2DFormat.NHWC).");
    }
  }
}
