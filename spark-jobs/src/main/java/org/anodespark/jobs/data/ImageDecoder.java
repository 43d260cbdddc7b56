/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.Arrays;
import java.util.List;

/**
 * Turns the pixels of a record (planes of bytes) into normalised numbers with channels last: (pixel
 * / 255 - mean) / standard deviation, from one table of 256 entries per channel.
 */
final class ImageDecoder {
  private static final int VALUES = 256;

  private final RecordLayout layout;
  private final float[][] tables;

  /** Normalises by the given statistics, a pixel being 0 to 1, one per channel. */
  ImageDecoder(RecordLayout layout, List<Double> mean, List<Double> standardDeviation) {
    this.layout = layout;
    this.tables = new float[layout.channels()][VALUES];
    for (int channel = 0; channel < tables.length; channel++) {
      for (int value = 0; value < VALUES; value++) {
        double pixel = value / (VALUES - 1.0);
        tables[channel][value] =
            (float) ((pixel - mean.get(channel)) / standardDeviation.get(channel));
      }
    }
  }

  /** Numbers of one image: H · W · C. */
  int imageLength() {
    return layout.channels() * layout.planeBytes();
  }

  /**
   * Writes one image. First the window is moved: pixel (y, x) comes from (y + down, x + right) of
   * the record, or is 0 if that is outside; then it is mirrored left to right.
   *
   * @param bytes holds the record
   * @param recordOffset where the record starts
   * @param image of {@link #imageLength()}; gets {@code [H, W, C]}
   */
  void decode(byte[] bytes, int recordOffset, int down, int right, boolean mirror, float[] image) {
    int height = layout.height();
    int width = layout.width();
    int channels = layout.channels();
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
      int plane = recordOffset + layout.pixelOffset() + channel * layout.planeBytes();
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
