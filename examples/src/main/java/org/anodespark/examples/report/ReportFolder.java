/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** The folder that a program writes its pictures and its text to; says what it has written. */
public final class ReportFolder {
  private final Path folder;
  private final PrintStream log;

  /**
   * Makes the folder if it is not there.
   *
   * @param folder where to write
   * @param log gets one line for each file
   * @throws IOException if the folder cannot be made
   */
  public ReportFolder(Path folder, PrintStream log) throws IOException {
    try {
      this.folder = Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException(
          "The folder " + folder + " cannot be made (" + e + "); name another one.", e);
    }
    this.log = log;
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** Writes a text file in UTF-8. */
  public void text(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text, StandardCharsets.UTF_8);
    log.println("wrote " + file);
  }

  /**
   * Writes pictures, one beside the other, as one PNG file.
   *
   * @param name ends in .png
   * @param pictures at least one
   */
  public void picture(String name, BufferedImage... pictures) throws IOException {
    int width = Arrays.stream(pictures).mapToInt(BufferedImage::getWidth).sum();
    int height = Arrays.stream(pictures).mapToInt(BufferedImage::getHeight).max().orElseThrow();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    int left = 0;
    for (BufferedImage picture : pictures) {
      graphics.drawImage(picture, left, 0, null);
      left += picture.getWidth();
    }
    graphics.dispose();
    Path file = folder.resolve(name);
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("Nothing here writes PNG, which " + file + " should be.");
    }
    log.println("wrote " + file);
  }
}
