/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ExampleFormat;

/**
 * Makes planes of bytes, one per channel, of PNG and JPEG files. What is transparent becomes black;
 * grey values stay as they are when colours are wanted, and colours become grey by their luma
 * (ITU-R BT.601).
 */
final class ImageFileDecoder {
  private static final Set<String> FORMATS = Set.of("png", "jpeg");

  /** A file of some kilobytes may unfold to any number of pixels. */
  private static final long MOST_PIXELS = 1L << 26;

  private static final int BYTE = 0xFF;

  private final ExampleFormat format;
  private final boolean resize;

  /**
   * Makes a decoder.
   *
   * @param format of the images to make, of one or three channels
   * @param resize whether images of another size are brought to that one
   */
  ImageFileDecoder(ExampleFormat format, boolean resize) {
    this.format = format;
    this.resize = resize;
  }

  /**
   * Decodes an image.
   *
   * @param name of the file, for messages
   * @param bytes its content
   * @return {@code [C, H, W]}
   * @throws NoImageException if it is none, or is damaged
   * @throws JobFailure with exit code 2 if it is of another size and not to be resized
   */
  byte[] decode(String name, byte[] bytes) throws NoImageException {
    BufferedImage image;
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(in);
      try {
        reader.setInput(in, true, true);
        requireSize(name, reader.getWidth(0), reader.getHeight(0));
        image = reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (JobFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // the decoders of Java answer damage with exceptions of any kind
      throw new NoImageException("cannot be decoded (" + e.getMessage() + ")", e);
    }
    return planes(scaled(colours(image)));
  }

  private static ImageReader reader(ImageInputStream in) throws IOException, NoImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new NoImageException("is neither PNG nor JPEG");
  }

  private void requireSize(String name, int width, int height) throws NoImageException {
    if ((long) width * height > MOST_PIXELS) {
      throw new NoImageException(
          "has %dx%d pixels, more than the %d that are decoded"
              .formatted(height, width, MOST_PIXELS));
    }
    if (!resize && (width != format.width() || height != format.height())) {
      throw JobFailure.badConfiguration(
          ("The image %s has %dx%d pixels, but the network takes %dx%d; set predict.resize ="
                  + " true to bring all images to that size.")
              .formatted(name, height, width, format.height(), format.width()));
    }
  }

  /**
   * With one byte each for red, green and blue. Java converts grey by a colour profile that makes
   * middle values lighter, so those are taken from the raster.
   */
  private static BufferedImage colours(BufferedImage image) {
    BufferedImage colours =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      Raster raster = image.getRaster();
      int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
      boolean alpha = image.getColorModel().hasAlpha();
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          double value = (double) raster.getSample(x, y, 0) / most;
          double seen = alpha ? value * raster.getSample(x, y, 1) / most : value;
          int grey = (int) Math.round(seen * BYTE);
          colours.setRGB(x, y, grey << 16 | grey << 8 | grey);
        }
      }
    } else {
      Graphics2D graphics = colours.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
    }
    return colours;
  }

  private BufferedImage scaled(BufferedImage image) {
    int width = format.width();
    int height = format.height();
    if (image.getWidth() == width && image.getHeight() == height) {
      return image;
    }
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private byte[] planes(BufferedImage image) {
    int pixels = format.height() * format.width();
    int[] colours = image.getRGB(0, 0, format.width(), format.height(), null, 0, format.width());
    byte[] planes = new byte[format.imageLength()];
    for (int i = 0; i < pixels; i++) {
      int red = colours[i] >> 16 & BYTE;
      int green = colours[i] >> 8 & BYTE;
      int blue = colours[i] & BYTE;
      if (format.channels() == 1) {
        planes[i] = (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
      } else {
        planes[i] = (byte) red;
        planes[pixels + i] = (byte) green;
        planes[2 * pixels + i] = (byte) blue;
      }
    }
    return planes;
  }
}
