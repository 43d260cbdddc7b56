/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Grey pictures in rows and columns, with a caption at the left of each row. Values outside a
 * picture's range are coloured: blue below it, red above.
 */
public final class PicturePanels {
  private static final int PIXEL = 5;
  private static final int GAP = 14;
  private static final int HEADER = 34;
  private static final int CAPTION = 330;
  private static final int LINE = 19;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param columns titles of the columns
   */
  public PicturePanels(String... columns) {
    this.columns = List.of(columns);
  }

  /**
   * One picture.
   *
   * @param pixels {@code [H, W]}, or with sizes of 1 around
   * @param black value drawn black
   * @param white value drawn white, greater than {@code black}
   */
  public record Picture(INDArray pixels, double black, double white) {
    /** A picture from its least value in black to its greatest in white. */
    public static Picture ofOwnRange(INDArray pixels) {
      double least = pixels.minNumber().doubleValue();
      return new Picture(pixels, least, Math.max(pixels.maxNumber().doubleValue(), least + 1e-12));
    }

    private INDArray squeezed() {
      long[] shape = Arrays.stream(pixels.shape()).filter(size -> size > 1).toArray();
      return pixels.dup('c').reshape('c', shape);
    }
  }

  private record Row(List<String> caption, List<Picture> pictures) {}

  /**
   * Adds a row.
   *
   * @param caption lines of text, the first one bold
   * @param pictures one for each column, all of one size
   * @throws IllegalArgumentException if there are more or fewer pictures than columns
   */
  public PicturePanels row(List<String> caption, Picture... pictures) {
    if (pictures.length != columns.size()) {
      throw new IllegalArgumentException(
          "A row of "
              + pictures.length
              + " pictures, expected "
              + columns.size()
              + ", one for each column.");
    }
    rows.add(new Row(List.copyOf(caption), List.of(pictures)));
    return this;
  }

  /** All rows as one picture. */
  public BufferedImage draw() {
    INDArray first = rows.get(0).pictures().get(0).squeezed();
    int height = (int) first.size(0) * PIXEL;
    int width = (int) first.size(1) * PIXEL;
    BufferedImage image =
        new BufferedImage(
            CAPTION + columns.size() * (width + GAP) + GAP,
            HEADER + rows.size() * (height + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT.deriveFont(Font.BOLD));
    FontMetrics metrics = graphics.getFontMetrics();
    for (int column = 0; column < columns.size(); column++) {
      String title = columns.get(column);
      int x = left(column, width) + (width - metrics.stringWidth(title)) / 2;
      graphics.drawString(title, x, HEADER - 12);
    }
    for (int row = 0; row < rows.size(); row++) {
      int top = HEADER + row * (height + GAP);
      drawCaption(graphics, rows.get(row).caption(), top, height);
      for (int column = 0; column < columns.size(); column++) {
        drawPicture(graphics, rows.get(row).pictures().get(column), left(column, width), top);
      }
    }
    graphics.dispose();
    return image;
  }

  private static int left(int column, int width) {
    return CAPTION + column * (width + GAP);
  }

  private static void drawCaption(Graphics2D graphics, List<String> lines, int top, int height) {
    graphics.setColor(Color.BLACK);
    int y = top + (height - LINE * lines.size()) / 2 + LINE - 5;
    for (int i = 0; i < lines.size(); i++) {
      graphics.setFont(i == 0 ? FONT.deriveFont(Font.BOLD) : FONT);
      graphics.drawString(lines.get(i), GAP, y + i * LINE);
    }
  }

  private static void drawPicture(Graphics2D graphics, Picture picture, int left, int top) {
    INDArray pixels = picture.squeezed();
    double range = picture.white() - picture.black();
    for (int i = 0; i < pixels.size(0); i++) {
      for (int j = 0; j < pixels.size(1); j++) {
        graphics.setColor(colour((pixels.getDouble(i, j) - picture.black()) / range));
        graphics.fillRect(left + j * PIXEL, top + i * PIXEL, PIXEL, PIXEL);
      }
    }
  }

  /** Grey from 0 to 1; one range away and farther full blue or full red. */
  private static Color colour(double brightness) {
    if (brightness < 0) {
      return new Color(0f, 0f, (float) Math.min(1, -brightness));
    }
    if (brightness > 1) {
      float rest = (float) Math.max(0, 2 - brightness);
      return new Color(1f, rest, rest);
    }
    return new Color((float) brightness, (float) brightness, (float) brightness);
  }
}
