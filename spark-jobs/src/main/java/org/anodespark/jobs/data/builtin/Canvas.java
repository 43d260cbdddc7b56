/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.builtin;

/**
 * A colour image of 32x32 pixels under construction. Planar: three planes (red, green, blue), each
 * row by row from the top, values 0 to 255 and beyond until {@link #write} cuts them.
 */
final class Canvas {
  static final int SIDE = 32;
  static final int PIXELS = SIDE * SIDE;
  static final int CHANNELS = 3;

  /** Samples per pixel and direction that smooth a figure's outline. */
  private static final int SAMPLES = 3;

  private final double[][] planes = new double[CHANNELS][PIXELS];

  /** A region of the plane, in pixels: x to the right, y downwards, (0, 0) the top left corner. */
  @FunctionalInterface
  interface Region {
    boolean contains(double x, double y);
  }

  /**
   * Paints every pixel; the colour goes from {@code from} on one side to {@code to} on the other.
   *
   * @param directionX where to, as a vector of length 1 with {@code directionY}
   */
  void fillGradient(double[] from, double[] to, double directionX, double directionY) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double along =
            0.5 + ((x - 15.5) * directionX + (y - 15.5) * directionY) / SIDE; // about 0 to 1
        for (int channel = 0; channel < CHANNELS; channel++) {
          planes[channel][y * SIDE + x] = from[channel] + (to[channel] - from[channel]) * along;
        }
      }
    }
  }

  /**
   * Paints a region that lies within {@code radius} of the centre; a pixel that is partly covered
   * is mixed.
   */
  void paint(Region region, double centreX, double centreY, double radius, double[] colour) {
    int left = Math.max(0, (int) Math.floor(centreX - radius));
    int right = Math.min(SIDE - 1, (int) Math.floor(centreX + radius));
    int top = Math.max(0, (int) Math.floor(centreY - radius));
    int bottom = Math.min(SIDE - 1, (int) Math.floor(centreY + radius));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        int hits = 0;
        for (int i = 0; i < SAMPLES; i++) {
          for (int j = 0; j < SAMPLES; j++) {
            if (region.contains(x + (j + 0.5) / SAMPLES, y + (i + 0.5) / SAMPLES)) {
              hits++;
            }
          }
        }
        if (hits > 0) {
          mix(y * SIDE + x, colour, hits / (double) (SAMPLES * SAMPLES));
        }
      }
    }
  }

  private void mix(int pixel, double[] colour, double share) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      double[] plane = planes[channel];
      plane[pixel] += (colour[channel] - plane[pixel]) * share;
    }
  }

  /** Adds independent noise of the given standard deviation to every value. */
  void addNoise(double deviation, ReproducibleRandom random) {
    for (double[] plane : planes) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        plane[pixel] += deviation * random.normal();
      }
    }
  }

  /** Writes {@value #CHANNELS} planes of bytes, rounded and cut to 0..255, from {@code offset}. */
  void write(byte[] target, int offset) {
    int position = offset;
    for (double[] plane : planes) {
      for (double value : plane) {
        target[position++] = (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5)));
      }
    }
  }
}
