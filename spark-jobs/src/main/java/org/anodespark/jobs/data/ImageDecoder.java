/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.Arrays;
import org.anodespark.jobs.model.ExampleFormat;

/**
 * Turns the pixels of an image (planes of bytes, one per channel) into normalised numbers with
 * channels last: (pixel / 255 - mean) / standard deviation, from one table of 256 entries per
 * channel.
 */
public final class ImageDecoder {
  private static final int VALUES = 256;

  private final ExampleFormat format;
  private final float[][] tables;

  /** For images of this format. */
  public ImageDecoder(ExampleFormat format) {
    this.format = format;
    this.tables = new float[format.channels()][VALUES];
    for (int channel = 0; channel < tables.length; channel++) {
      for (int value = 0; value < VALUES; value++) {
        double pixel = value / (VALUES - 1.0);
        tables[channel][value] =
            (float)
                ((pixel - format.mean().get(channel)) / format.standardDeviation().get(channel));
      }
    }
  }

  /** Writes one image as it is. */
  public void decode(byte[] bytes, int offset, float[] image) {
    decode(bytes, offset, 0, 0, false, image);
  }

  /**
   * Writes one image. First the window is moved: pixel (y, x) comes from (y + down, x + right) of
   * the image, or is 0 if that is outside; then it is mirrored left to right.
   *
   * @param bytes holds the planes, each row by row from the top
   * @param offset where the first plane starts
   * @param image of {@link ExampleFormat#imageLength()}; gets {@code [H, W, C]}
   */
  void decode(byte[] bytes, int offset, int down, int right, boolean mirror, float[] image) {
    int height = format.height();
    int width = format.width();
    int channels = format.channels();
    int firstRow = Math.max(0, -down);
    int lastRow = Math.min(height, height - down);
    int firstColumn = Math.max(0, -right);
    int lastColumn = Math.min(width, width - right);
    int step = mirror ? -channels : channels;
    if (down != 0 || right != 0) {
      Arrays.fill(image, 0);
    }
    for (int channel = 0; channel < channels; channel++) {
      float[] table = tables[channel];
      int plane = offset + channel * height * width;
      for (int y = firstRow; y < lastRow; y++) {
        int source = plane + (y + down) * width + right;
        int leftmost = mirror ? width - 1 - firstColumn : firstColumn;
        int position = (y * width + leftmost) * channels + channel;
        for (int x = firstColumn; x < lastColumn; x++) {
          image[position] = table[bytes[source + x] & 0xFF];
          position += step;
        }
      }
    }
  }
}
