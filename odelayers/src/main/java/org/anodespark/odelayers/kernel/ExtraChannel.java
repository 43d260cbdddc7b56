/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One channel more at the end of an axis, on buffers of the caller. */
public final class ExtraChannel {
  private ExtraChannel() {}

  /** The shape with one more channel. */
  public static long[] widen(long[] shape, int axis) {
    long[] wide = shape.clone();
    wide[axis]++;
    return wide;
  }

  /**
   * {@code wide := [x, value]} along the axis.
   *
   * @param x C channels
   * @param axis the axis of the channels
   * @param value every entry of the last channel
   * @param wide receives the C + 1 channels, all overwritten
   */
  public static void append(INDArray x, int axis, double value, INDArray wide) {
    long channels = x.size(axis);
    Parts.along(wide, axis, 0, channels).assign(x);
    Parts.along(wide, axis, channels, 1).assign(value);
  }

  /**
   * {@code x := wide} without its last channel.
   *
   * @param wide C + 1 channels, left as they are
   * @param axis the axis of the channels
   * @param x receives the C channels
   */
  public static void drop(INDArray wide, int axis, INDArray x) {
    x.assign(Parts.along(wide, axis, 0, x.size(axis)));
  }
}
