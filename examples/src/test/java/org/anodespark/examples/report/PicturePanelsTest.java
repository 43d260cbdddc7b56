/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anodespark.examples.report.PicturePanels.Picture;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PicturePanelsTest {
  private static final INDArray PIXELS =
      Nd4j.createFromArray(new double[][] {{0, 0.2, 1}, {-1, -0.4, 3}, {0.6, 1, 0}});

  @Test
  void drawsGreyInsideTheRangeAndColoursOutside() {
    PicturePanels panels = new PicturePanels("picture");
    panels.row(List.of("caption"), new Picture(PIXELS, 0, 1));
    Set<Color> colours = colours(panels.draw());
    assertThat(colours)
        .contains(
            new Color(0.2f, 0.2f, 0.2f),
            new Color(0.6f, 0.6f, 0.6f),
            new Color(0f, 0f, 0.4f),
            Color.BLUE,
            Color.RED);
  }

  @Test
  void drawsAPictureOfItsOwnRangeWithoutColours() {
    PicturePanels panels = new PicturePanels("picture");
    panels.row(List.of("caption"), Picture.ofOwnRange(PIXELS));
    assertThat(colours(panels.draw()))
        .allSatisfy(colour -> assertThat(colour.getBlue()).isEqualTo(colour.getRed()));
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new PicturePanels("one", "two").row(List.of("caption")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A row of 0 pictures, expected 2");
  }

  private static Set<Color> colours(BufferedImage image) {
    Set<Color> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(new Color(image.getRGB(x, y)));
      }
    }
    return colours;
  }
}
