/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.anodespark.benchmarks.report.BarChart;
import org.anodespark.benchmarks.report.Json;
import org.anodespark.benchmarks.report.Machine;
import org.anodespark.benchmarks.report.Quartiles;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.ReportFolder;

/** Runs the training benchmark and writes what came out. */
public final class TrainReport {
  private TrainReport() {}

  private record Written(
      Machine machine, TrainSettings settings, List<NetworkResult> networks, SparkResult spark) {}

  /**
   * Writes {@code train.md}, {@code train.json} and {@code train.png}.
   *
   * @param log gets lines on the progress
   * @throws IOException if a process fails or a file cannot be written
   */
  public static void write(TrainSettings settings, ReportFolder folder, PrintStream log)
      throws IOException {
    List<NetworkResult> networks = NetworkComparison.measure(settings, folder.path());
    SparkResult spark =
        settings.spark().rounds() == 0
            ? null
            : new SparkComparison(settings, folder.path(), log).measure();
    Machine machine = Machine.thisOne();
    folder.text("train.md", text(settings, machine, networks, spark));
    folder.text("train.json", Json.pretty(new Written(machine, settings, networks, spark)));
    BarChart chart = new BarChart("Training", "images per second");
    networks.forEach(
        each -> chart.bar(each.engine() + ", " + each.variant(), each.imagesPerSecond()));
    if (spark != null) {
      chart.bar("on Spark", spark.imagesPerSecond());
      chart.bar("in one process, from shards", spark.plainImagesPerSecond());
    }
    folder.picture("train.png", chart.draw());
  }

  private static String text(
      TrainSettings settings, Machine machine, List<NetworkResult> networks, SparkResult spark) {
    StringBuilder text =
        new StringBuilder(
            """
            # Training

            A residual network of widths %s, one ODE block of %d Euler steps in each stage, images of
            32 x 32 pixels in minibatches of %d, single precision. Medians, in brackets the quartiles;
            %s.

            ## One process, threads: %d

            %d rounds of %d minibatches after %d rounds to warm up.

            """
                .formatted(
                    settings.problem().widths(),
                    settings.problem().steps(),
                    settings.problem().batch(),
                    machine,
                    settings.threads(),
                    settings.rounds().rounds(),
                    settings.problem().iterations(),
                    settings.rounds().warmUp()));
    MarkdownTable table =
        new MarkdownTable(List.of("what", "parameters", "images/s", "time / the first one's"));
    for (NetworkResult each : networks) {
      table.row(
          List.of(
              each.engine() + ", " + each.variant(),
              each.parameters(),
              Quartiles.of(each.imagesPerSecond(), 0),
              Quartiles.of(each.timesOurs(), 2)));
    }
    text.append(table);
    if (spark != null) {
      text.append(text(settings, spark));
    }
    return text.toString();
  }

  private static String text(TrainSettings settings, SparkResult spark) {
    MarkdownTable table =
        new MarkdownTable(List.of("what", "images/s", "overhead", "rate / one process"));
    table.row(
        List.of(
            spark.executors() + " executors of one thread",
            Quartiles.of(spark.imagesPerSecond(), 0),
            Quartiles.of(spark.overheadFraction(), 2),
            Quartiles.of(spark.ratio(), 2)));
    table.row(
        List.of(
            "one process of " + spark.executors() + " threads",
            Quartiles.of(spark.plainImagesPerSecond(), 0),
            "-",
            "1"));
    return """

        ## On Spark

        %d rounds of %d epochs, everything started anew in each round.

        %s"""
        .formatted(settings.spark().rounds(), settings.spark().epochs(), table);
  }
}
