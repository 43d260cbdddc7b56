/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import org.deeplearning4j.nn.conf.CNN2DFormat;

/** What the axes of an array between two layers are. */
enum Layout {
  /** {@code [N, C]}. */
  ROWS,
  /** {@code [N, C, H, W]}. */
  CHANNELS_FIRST,
  /** {@code [N, H, W, C]}. */
  CHANNELS_LAST;

  /** The layout of images in a format of DL4J's. */
  static Layout of(CNN2DFormat format) {
    return format == CNN2DFormat.NHWC ? CHANNELS_LAST : CHANNELS_FIRST;
  }
}
