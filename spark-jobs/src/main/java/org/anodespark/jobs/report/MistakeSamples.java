/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Images that an evaluation mistook.
 *
 * @param byMistake for each mistake, its images
 */
record MistakeSamples(Map<Mistake, List<Sample>> byMistake) {
  MistakeSamples {
    byMistake = Map.copyOf(byMistake);
  }

  /** Names of two classes. */
  private record Mistake(String truth, String prediction) {}

  /**
   * One image.
   *
   * @param name where it is in the data set
   * @param probability of the predicted class
   * @param png a file, in base 64
   */
  private record Sample(String name, double probability, String png) {}

  /**
   * Reads what an evaluation left. Images that are not there, or are no text of base 64, are left
   * out.
   *
   * @param evaluation {@code evaluation.json}, of which {@code mistakes} is read
   * @param images {@code mistakes.json}, or missing
   */
  static MistakeSamples of(JsonNode evaluation, JsonNode images) {
    Map<Mistake, List<Sample>> samples = new HashMap<>();
    for (JsonNode mistake : evaluation.path("mistakes")) {
      List<Sample> ofMistake = new ArrayList<>();
      for (JsonNode example : mistake.path("examples")) {
        png(images.path("images").path(example.path("example").asText()))
            .ifPresent(
                png ->
                    ofMistake.add(
                        new Sample(
                            example.path("shard").asText() + "#" + example.path("record").asText(),
                            example.path("probability").asDouble(),
                            png)));
      }
      if (!ofMistake.isEmpty()) {
        samples.put(
            new Mistake(mistake.path("actual").asText(), mistake.path("predicted").asText()),
            ofMistake);
      }
    }
    return new MistakeSamples(samples);
  }

  /** Decoded and written anew, so that it is nothing but base 64. */
  private static Optional<String> png(JsonNode image) {
    try {
      return Optional.ofNullable(image.binaryValue()).map(Base64.getEncoder()::encodeToString);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return byMistake.isEmpty();
  }

  /** Draws the images of one mistake, if there are any. */
  void draw(Html page, String truth, String prediction) {
    List<Sample> samples = byMistake.getOrDefault(new Mistake(truth, prediction), List.of());
    if (samples.isEmpty()) {
      return;
    }
    page.open("div", "class", "samples");
    for (Sample sample : samples) {
      page.line()
          .open("figure")
          .open(
              "img",
              "src",
              "data:image/png;base64," + sample.png(),
              "alt",
              truth + " taken for " + prediction,
              "title",
              sample.name())
          .element("figcaption", String.format(Locale.ROOT, "%.3f", sample.probability()))
          .close("figure");
    }
    page.close("div");
  }
}
