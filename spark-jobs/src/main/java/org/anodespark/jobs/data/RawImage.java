/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.Serializable;

/**
 * An image as its shard holds it, not normalised. Not a record, since Kryo takes tasks' results.
 */
public final class RawImage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int COLOURS = 3;

  private final String shard;
  private final long record;
  private final int height;
  private final int width;
  private final byte[] planes;

  /**
   * Makes an image.
   *
   * @param shard name of its file
   * @param record its place among the records of the shard, from 0
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param planes one or more per image, each row by row from the top, a byte per pixel; kept
   * @throws IllegalArgumentException if there is no whole plane
   */
  public RawImage(String shard, long record, int height, int width, byte[] planes) {
    if (planes.length == 0 || planes.length % (height * width) != 0) {
      throw new IllegalArgumentException(
          "%d bytes for an image of %dx%d pixels, expected a multiple of %d"
              .formatted(planes.length, height, width, height * width));
    }
    this.shard = shard;
    this.record = record;
    this.height = height;
    this.width = width;
    this.planes = planes;
  }

  /** Name of the file that holds it. */
  public String shard() {
    return shard;
  }

  /** Its place among the records of the shard, from 0. */
  public long record() {
    return record;
  }

  /**
   * As a picture: of three planes in red, green and blue, of any other number the first in grey.
   */
  public BufferedImage picture() {
    int pixels = height * width;
    boolean colour = planes.length == COLOURS * pixels;
    BufferedImage picture =
        new BufferedImage(
            width, height, colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = picture.getRaster();
    for (int band = 0; band < raster.getNumBands(); band++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          raster.setSample(x, y, band, planes[band * pixels + y * width + x] & 0xFF);
        }
      }
    }
    return picture;
  }
}
