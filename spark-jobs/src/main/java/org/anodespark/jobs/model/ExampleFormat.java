/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * What the numbers mean that go into a network and come out of it. A pixel of channel c with byte v
 * becomes {@code (v / 255 - mean[c]) / standardDeviation[c]}; the input is {@code [N, H, W, C]},
 * the output {@code [N, classes]}, a probability for each class.
 *
 * @param height rows of an image, 1 to {@value #MOST_PIXELS}
 * @param width columns of an image, likewise
 * @param channels 3 for red, green and blue, 1 for grey; at most {@value #MOST_CHANNELS}
 * @param mean one for each channel, finite
 * @param standardDeviation one for each channel, finite and above 0
 * @param classes their names, in the order of the output; at least one
 */
@JsonPropertyOrder({"height", "width", "channels", "mean", "standard_deviation", "classes"})
public record ExampleFormat(
    int height,
    int width,
    int channels,
    List<Double> mean,
    List<Double> standardDeviation,
    List<String> classes)
    implements Serializable {
  private static final int MOST_PIXELS = 1 << 14;
  private static final int MOST_CHANNELS = 1 << 10;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException that names the value and what was expected
   */
  public ExampleFormat {
    requireInRange("height", height, MOST_PIXELS);
    requireInRange("width", width, MOST_PIXELS);
    requireInRange("channels", channels, MOST_CHANNELS);
    mean = finite("mean", mean, channels);
    standardDeviation = finite("standard_deviation", standardDeviation, channels);
    for (double deviation : standardDeviation) {
      require(deviation > 0, "a standard_deviation", deviation, "a number above 0");
    }
    require(classes != null && !classes.isEmpty(), "classes", classes, "at least one name");
    classes = List.copyOf(classes);
  }

  /** Numbers of one image: H · W · C. */
  public int imageLength() {
    return height * width * channels;
  }

  /** The same images with a byte v becoming {@code v / 255}. */
  public ExampleFormat inUnitInterval() {
    return new ExampleFormat(
        height,
        width,
        channels,
        Collections.nCopies(channels, 0.0),
        Collections.nCopies(channels, 1.0),
        classes);
  }

  private static void requireInRange(String name, int value, int most) {
    require(value >= 1 && value <= most, name, value, "1 to " + most);
  }

  private static List<Double> finite(String name, List<Double> values, int channels) {
    require(
        values != null && values.size() == channels && values.stream().allMatch(Double::isFinite),
        name,
        values,
        "a finite number for each of the " + channels + " channels");
    return List.copyOf(values);
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(name, value, expected));
    }
  }
}
