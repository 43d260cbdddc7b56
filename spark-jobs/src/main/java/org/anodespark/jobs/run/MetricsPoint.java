/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a line of {@code metrics.jsonl} tells that can be drawn over the epochs; a number that the
 * line does not have is NaN. Long trainings have many lines, so this is much smaller than a line.
 *
 * @param ofRound whether the line is that of a round, not of an epoch
 * @param epoch how many epochs were trained then, with a fraction for rounds
 * @param trainLoss of the round or epoch
 * @param testAccuracy of the epoch
 * @param learningRate at the end of the round
 * @param evaluationsPerImage how often an image went through the dynamics of an ODE block on the
 *     way to one parameter update
 * @param imagesPerSecond of the round or epoch
 * @param peakMemoryBytes of the executor with most
 */
public record MetricsPoint(
    boolean ofRound,
    double epoch,
    double trainLoss,
    double testAccuracy,
    double learningRate,
    double evaluationsPerImage,
    double imagesPerSecond,
    double peakMemoryBytes) {
  static MetricsPoint of(JsonNode line) {
    boolean ofRound = line.path("type").asText().equals("round");
    double epoch = number(line, "epoch");
    return new MetricsPoint(
        ofRound,
        ofRound ? epoch - 1 + number(line, "round") / number(line, "rounds") : epoch,
        number(line, "train_loss"),
        number(line, "test_accuracy"),
        number(line, "learning_rate"),
        evaluationsPerImage(line),
        number(line, "images_per_second"),
        number(line, "peak_memory_bytes"));
  }

  private static double evaluationsPerImage(JsonNode line) {
    JsonNode blocks = line.path("ode");
    if (blocks.isEmpty()) {
      return Double.NaN;
    }
    double evaluations = 0;
    for (JsonNode block : blocks) {
      evaluations += number(block, "forward_evaluations") + number(block, "recomputed_evaluations");
    }
    return evaluations / number(line, "minibatches");
  }

  private static double number(JsonNode line, String key) {
    return line.path(key).asDouble(Double.NaN);
  }
}
