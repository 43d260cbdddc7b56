/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.anodespark.jobs.run.RecordedRun;

/** What runs came to in the end, as their {@code summary.json} has it. */
final class RunFigures {
  private static final double BYTES_PER_MEBIBYTE = 1 << 20;
  private static final int SHOWN_OF_HASH = 12;

  private final List<RecordedRun> runs;

  RunFigures(List<RecordedRun> runs) {
    this.runs = runs;
  }

  /**
   * Adds a row for each figure.
   *
   * @param table with a column for each run
   */
  void addTo(ComparisonTable table) {
    add(table, "job", summary -> text(summary.path("job")));
    add(table, "status", summary -> text(summary.path("status")));
    add(table, "reason", summary -> Redaction.ofText(text(summary.path("reason"))));
    add(table, "model", summary -> Redaction.ofText(text(summary.path("model"))));
    add(table, "split", summary -> text(summary.path("split")));
    add(table, "examples", summary -> whole(summary.path("examples")));
    add(table, "accuracy", summary -> decimal(summary.path("accuracy"), "%.4f"));
    add(table, "top-k accuracy", summary -> decimal(summary.path("top_k_accuracy"), "%.4f"));
    add(table, "… k", summary -> whole(summary.path("top_k")));
    add(
        table,
        "negative log-likelihood",
        summary -> decimal(summary.path("negative_log_likelihood"), "%.4f"));
    add(table, "calibration error", summary -> decimal(summary.path("calibration_error"), "%.4f"));
    add(table, "test accuracy", summary -> decimal(summary.path("test_accuracy"), "%.4f"));
    add(
        table,
        "best test accuracy",
        summary -> decimal(summary.path("best_epoch").path("accuracy"), "%.4f"));
    add(table, "in epoch", summary -> whole(summary.path("best_epoch").path("epoch")));
    add(table, "loss in training", summary -> decimal(summary.path("train_loss"), "%.4f"));
    add(table, "data", RunFigures::dataSet);
    add(table, "parameters", summary -> whole(summary.path("parameters")));
    add(table, "epochs", summary -> whole(summary.path("epochs")));
    add(table, "rounds", summary -> whole(summary.path("rounds")));
    add(table, "examples seen", summary -> whole(summary.path("examples_seen")));
    add(table, "roll-backs", summary -> whole(summary.path("roll_backs")));
    add(table, "images per second", summary -> decimal(summary.path("images_per_second"), "%.1f"));
    add(
        table,
        "overhead, % of the time of workers",
        summary -> percent(summary.path("overhead_fraction")));
    add(table, "… waiting for input", summary -> overhead(summary, "input_wait"));
    add(table, "… broadcast", summary -> overhead(summary, "broadcast"));
    add(table, "… setting up", summary -> overhead(summary, "set_up"));
    add(table, "… averaging", summary -> overhead(summary, "averaging"));
    add(table, "… waiting for the slowest", summary -> overhead(summary, "slowest_worker"));
    add(table, "… other", summary -> overhead(summary, "other"));
    add(table, "evaluations of f", summary -> ode(summary, "forward_evaluations"));
    add(table, "… again, backwards", summary -> ode(summary, "recomputed_evaluations"));
    add(table, "accepted steps", summary -> ode(summary, "accepted_steps"));
    add(table, "rejected steps", summary -> ode(summary, "rejected_steps"));
    for (String block : blocks()) {
      add(
          table,
          "… of " + block + ": evaluations / accepted / rejected",
          summary -> work(summary.path("ode").path(block)));
    }
    add(table, "peak memory of an executor, MiB", RunFigures::peakMemory);
    add(table, "executors", summary -> count(summary.path("executors")));
    add(table, "kernels", RunFigures::kernels);
    add(table, "started", summary -> text(summary.path("started")));
    add(table, "seconds", summary -> decimal(summary.path("seconds"), "%.0f"));
    add(table, "hash of the settings", summary -> beginning(summary.path("config_hash")));
  }

  private Set<String> blocks() {
    Set<String> blocks = new TreeSet<>();
    runs.forEach(run -> run.summary().path("ode").fieldNames().forEachRemaining(blocks::add));
    return blocks;
  }

  private static String work(JsonNode block) {
    return block.isMissingNode()
        ? ""
        : whole(block.path("forward_evaluations"))
            + " / "
            + whole(block.path("accepted_steps"))
            + " / "
            + whole(block.path("rejected_steps"));
  }

  private void add(ComparisonTable table, String label, Function<JsonNode, String> figure) {
    table.add(label, runs.stream().map(run -> figure.apply(run.summary())).toList());
  }

  private static String text(JsonNode value) {
    return value.asText("");
  }

  /** A training tells more of it than an evaluation, which names it only. */
  private static String dataSet(JsonNode summary) {
    JsonNode dataSet = summary.path("data_set");
    return text(dataSet.isObject() ? dataSet.path("name") : dataSet);
  }

  private static String beginning(JsonNode hash) {
    String digits = text(hash);
    return digits.substring(0, Math.min(SHOWN_OF_HASH, digits.length()));
  }

  private static String whole(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%,d", value.asLong()) : "";
  }

  private static String decimal(JsonNode value, String format) {
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "";
  }

  private static String percent(JsonNode fraction) {
    return fraction.isNumber() ? String.format(Locale.ROOT, "%.1f", 100 * fraction.asDouble()) : "";
  }

  private static String overhead(JsonNode summary, String share) {
    return percent(summary.path("overhead").path(share));
  }

  private static String ode(JsonNode summary, String count) {
    JsonNode blocks = summary.path("ode");
    return blocks.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d",
            StreamSupport.stream(blocks.spliterator(), false)
                .mapToLong(block -> block.path(count).asLong())
                .sum());
  }

  private static String peakMemory(JsonNode summary) {
    return StreamSupport.stream(summary.path("executors").spliterator(), false)
        .mapToLong(executor -> executor.path("peak_memory_bytes").asLong())
        .max()
        .stream()
        .mapToObj(bytes -> String.format(Locale.ROOT, "%,.0f", bytes / BYTES_PER_MEBIBYTE))
        .findFirst()
        .orElse("");
  }

  private static String kernels(JsonNode summary) {
    Collection<String> kernels = new TreeSet<>();
    summary.path("executors").forEach(executor -> kernels.add(text(executor.path("kernels"))));
    return String.join(", ", kernels);
  }

  private static String count(JsonNode list) {
    return list.isEmpty() ? "" : String.valueOf(list.size());
  }
}
