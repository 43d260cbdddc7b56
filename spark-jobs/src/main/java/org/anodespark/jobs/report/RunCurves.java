/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.anodespark.jobs.run.RecordedRun;

/** What the lines of {@code metrics.jsonl} tell over the epochs. */
final class RunCurves {
  private static final double BYTES_PER_GIBIBYTE = 1L << 30;

  private final List<RecordedRun> runs;

  RunCurves(List<RecordedRun> runs) {
    this.runs = runs;
  }

  /** All charts, with one curve for each run that recorded what they show. */
  List<Chart> charts() {
    return List.of(
        new Chart("Loss in training", false, perRound(line -> number(line, "train_loss"))),
        new Chart("Test accuracy", false, perEpoch(line -> number(line, "test_accuracy"))),
        new Chart("Learning rate", true, perRound(line -> number(line, "learning_rate"))),
        new Chart(
            "Evaluations of f per image and update",
            true,
            perRound(RunCurves::evaluationsPerImage)),
        new Chart("Images per second", true, perRound(line -> number(line, "images_per_second"))),
        new Chart(
            "Peak memory of an executor, GiB",
            true,
            perRound(line -> number(line, "peak_memory_bytes") / BYTES_PER_GIBIBYTE)));
  }

  private List<Curve> perRound(ToDoubleFunction<JsonNode> value) {
    return curves(
        "round",
        line -> number(line, "epoch") - 1 + number(line, "round") / number(line, "rounds"),
        value);
  }

  private List<Curve> perEpoch(ToDoubleFunction<JsonNode> value) {
    return curves("epoch", line -> number(line, "epoch"), value);
  }

  private List<Curve> curves(
      String type, ToDoubleFunction<JsonNode> x, ToDoubleFunction<JsonNode> y) {
    return IntStream.range(0, runs.size()).mapToObj(run -> curve(run, type, x, y)).toList();
  }

  private Curve curve(
      int run, String type, ToDoubleFunction<JsonNode> x, ToDoubleFunction<JsonNode> y) {
    List<Curve.Point> points = new ArrayList<>();
    for (JsonNode line : runs.get(run).metrics()) {
      if (line.path("type").asText().equals(type)) {
        Curve.Point point = new Curve.Point(x.applyAsDouble(line), y.applyAsDouble(line));
        if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
          points.add(point);
        }
      }
    }
    return new Curve(run, points);
  }

  /** Of a line of a round; not a number for networks without ODE blocks. */
  private static double evaluationsPerImage(JsonNode line) {
    JsonNode blocks = line.path("ode");
    return blocks.isEmpty() ? Double.NaN : evaluations(blocks) / number(line, "minibatches");
  }

  /** How often minibatches went through the dynamics of some ODE blocks. */
  private static double evaluations(JsonNode blocks) {
    double sum = 0;
    for (JsonNode block : blocks) {
      sum += number(block, "forward_evaluations") + number(block, "recomputed_evaluations");
    }
    return sum;
  }

  private static double number(JsonNode line, String key) {
    return line.path(key).asDouble(Double.NaN);
  }
}
