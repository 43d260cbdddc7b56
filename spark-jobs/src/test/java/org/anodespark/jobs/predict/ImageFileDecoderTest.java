/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ExampleFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileDecoderTest {
  private static final ImageFileDecoder COLOUR = new ImageFileDecoder(format(2, 3, 3), false);

  private static ExampleFormat format(int height, int width, int channels) {
    List<Double> ones = List.of(1.0, 1.0, 1.0).subList(0, channels);
    return new ExampleFormat(height, width, channels, ones, ones, List.of("a"));
  }

  private static byte[] encoded(BufferedImage image, String type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, type, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static BufferedImage colours() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 3; x++) {
        image.setRGB(x, y, (10 + x) << 16 | (100 + y) << 8 | 200 + 3 * y + x);
      }
    }
    return image;
  }

  @Test
  void pixelsBecomePlanesOfRedGreenAndBlueRowByRow() throws Exception {
    byte[] planes = COLOUR.decode("a.png", encoded(colours(), "png"));

    assertThat(planes)
        .containsExactly(
            bytes(
                10, 11, 12, 10, 11, 12, 100, 100, 100, 101, 101, 101, 200, 201, 202, 203, 204,
                205));
  }

  @Test
  void greyValuesStayAsTheyAreInColour() throws Exception {
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 3, 2, new int[] {0, 50, 100, 128, 200, 255});

    byte[] planes = COLOUR.decode("a.png", encoded(grey, "png"));

    byte[] plane = bytes(0, 50, 100, 128, 200, 255);
    assertThat(Arrays.copyOfRange(planes, 0, 6)).isEqualTo(plane);
    assertThat(Arrays.copyOfRange(planes, 12, 18)).isEqualTo(plane);
  }

  @Test
  void greyOfSixteenBitsIsRoundedToEight() throws Exception {
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setPixels(0, 0, 3, 2, new int[] {0, 257, 257 * 128, 65535, 300, 200});

    assertThat(Arrays.copyOf(COLOUR.decode("a.png", encoded(grey, "png")), 6))
        .containsExactly(bytes(0, 1, 128, 255, 1, 1));
  }

  @Test
  void coloursBecomeGreyByTheirLuma() throws Exception {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(2, 0, 0x0000FF);

    byte[] plane =
        new ImageFileDecoder(format(1, 3, 1), false).decode("a.png", encoded(image, "png"));

    assertThat(plane).containsExactly(bytes(76, 150, 29));
  }

  @Test
  void whatIsTransparentIsBlack() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 0, 0xFFFFFFFF);

    byte[] planes = COLOUR.decode("a.png", encoded(image, "png"));

    assertThat(Arrays.copyOf(planes, 3)).containsExactly(bytes(0, 255, 0));
  }

  @Test
  void jpegIsRead() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 0x808080);
    }

    byte[] planes = COLOUR.decode("a.jpg", encoded(image, "jpeg"));

    assertThat(planes[0] & 0xFF).isCloseTo(128, within(2));
  }

  @Test
  void anotherSizeIsRefusedByName() throws Exception {
    byte[] image = encoded(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), "png");

    assertThatThrownBy(() -> COLOUR.decode("file:/images/a.png", image))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "The image file:/images/a.png has 4x5 pixels, but the network takes 2x3; set"
                + " predict.resize = true to bring all images to that size.");
  }

  @Test
  void anotherSizeIsInterpolatedOnRequest() throws Exception {
    BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 6; x++) {
        image.setRGB(x, y, x < 2 ? 0 : 0xFFFFFF);
      }
    }

    byte[] planes =
        new ImageFileDecoder(format(2, 3, 3), true).decode("a.png", encoded(image, "png"));

    assertThat(Arrays.copyOf(planes, 6)).containsExactly(bytes(0, 255, 255, 0, 255, 255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "%PDF-1.4", "<svg/>"})
  void aFileThatIsNoImageIsOne(String content) {
    assertThatThrownBy(() -> COLOUR.decode("a", content.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(NoImageException.class)
        .hasMessage("is neither PNG nor JPEG");
  }

  @Test
  void anotherFormatThatJavaCouldReadIsNone() throws Exception {
    byte[] gif = encoded(colours(), "gif");

    assertThatThrownBy(() -> COLOUR.decode("a.gif", gif))
        .isInstanceOf(NoImageException.class)
        .hasMessage("is neither PNG nor JPEG");
  }

  @Test
  void aDamagedImageIsNone() throws Exception {
    byte[] image = encoded(colours(), "png");

    assertThatThrownBy(() -> COLOUR.decode("a.png", Arrays.copyOf(image, 45)))
        .isInstanceOf(NoImageException.class)
        .hasMessageStartingWith("cannot be decoded (");
  }

  @Test
  void anImageThatUnfoldsToTooManyPixelsIsNone() throws Exception {
    byte[] image = encoded(colours(), "png");
    // width and height in the header; the decoder looks at them before it checks anything
    ByteBuffer.wrap(image).putInt(16, 100_000).putInt(20, 100_000);

    assertThatThrownBy(() -> new ImageFileDecoder(format(2, 3, 3), true).decode("a.png", image))
        .isInstanceOf(NoImageException.class)
        .hasMessageContaining("100000x100000 pixels");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
