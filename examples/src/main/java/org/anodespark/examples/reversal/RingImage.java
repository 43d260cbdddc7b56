/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import org.anodespark.examples.field.ConvolutionMap;
import org.anodespark.examples.field.OneLayerField;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A residual block of one 3 x 3 convolution on a drawn image, a ring. Image and kernel are fixed,
 * so that the numbers are the same everywhere.
 */
public final class RingImage {
  /** Rows and columns of the image. */
  public static final int SIZE = 28;

  private static final double CENTRE = (SIZE - 1) / 2.0;
  private static final double RADIUS = 8;
  private static final double HALF_WIDTH = 2;
  private static final double[][] KERNEL = {{.3, -1.1, .7}, {1.2, .5, -.9}, {-.4, .8, -1.3}};

  private RingImage() {}

  /**
   * The image, {@code [1, 28, 28, 1]}, from 0 to 1: a ring of radius 8 that fades to both sides.
   */
  public static INDArray image() {
    INDArray image = Nd4j.createUninitialized(DataType.DOUBLE, 1, SIZE, SIZE, 1);
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        double distance = Math.hypot(i - CENTRE, j - CENTRE);
        image.putScalar(
            new long[] {0, i, j, 0}, Math.max(0, 1 - Math.abs(distance - RADIUS) / HALF_WIDTH));
      }
    }
    return image;
  }

  /**
   * f(z) = activation(convolution of z with the fixed kernel, zeros around the image).
   *
   * @param strength factor of the kernel
   * @param activation applied to each entry
   */
  public static OneLayerField field(double strength, IActivation activation) {
    INDArray kernel =
        Nd4j.createFromArray(KERNEL).castTo(DataType.DOUBLE).mul(strength).reshape(1, 1, 3, 3);
    return new OneLayerField(new ConvolutionMap(kernel), activation);
  }
}
