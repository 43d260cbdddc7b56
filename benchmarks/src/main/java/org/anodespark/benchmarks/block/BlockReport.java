/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.report.BarChart;
import org.anodespark.benchmarks.report.Json;
import org.anodespark.benchmarks.report.Machine;
import org.anodespark.benchmarks.report.Quartiles;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.ReportFolder;

/** Runs the block benchmark and writes what came out. */
public final class BlockReport {
  private static final double MEBIBYTE = 1 << 20;

  private BlockReport() {}

  private record Written(
      Machine machine, int threads, int rounds, int warmUp, List<BlockResult> blocks) {}

  /**
   * Writes {@code block.md}, {@code block.json} and {@code block.png}.
   *
   * @param log gets lines on the progress
   * @throws IOException if a child process fails or a file cannot be written
   */
  public static void write(BlockSettings settings, ReportFolder folder, PrintStream log)
      throws IOException {
    List<BlockResult> results;
    try (BlockBenchmark benchmark = new BlockBenchmark(settings, folder.path(), log)) {
      results = benchmark.run();
    }
    Machine machine = Machine.thisOne();
    folder.text("block.md", text(settings, machine, results));
    folder.text(
        "block.json",
        Json.pretty(
            new Written(
                machine,
                settings.threads(),
                settings.rounds().rounds(),
                settings.rounds().warmUp(),
                results)));
    folder.picture(
        "block.png", results.stream().map(BlockReport::chart).toArray(BufferedImage[]::new));
  }

  private static BufferedImage chart(BlockResult result) {
    BarChart chart = new BarChart(result.problem().toString(), "10^9 needed operations per second");
    chart.bar("matrix product", result.peakGigaflops());
    for (ContenderResult contender : result.contenders()) {
      chart.bar(contender.engine() + ", " + contender.variant(), contender.gigaflops());
    }
    return chart.draw();
  }

  private static String text(BlockSettings settings, Machine machine, List<BlockResult> results) {
    StringBuilder text =
        new StringBuilder(
            """
            # One step of training of a block

            Forward and backward pass of f = convolution, batch norm, ReLU, convolution, batch norm,
            ReLU. Medians of %d rounds after %d to warm up, in brackets the quartiles; threads of
            each contender: %d; %s.
            """
                .formatted(
                    settings.rounds().rounds(),
                    settings.rounds().warmUp(),
                    settings.threads(),
                    machine));
    for (BlockResult result : results) {
      text.append(
          """

          ## C = %d, H = %d, N = %d, %d steps of %s

          Matrix product: %s GFLOP/s.

          """
              .formatted(
                  result.problem().channels(),
                  result.problem().size(),
                  result.problem().batch(),
                  result.problem().steps(),
                  result.problem().method(),
                  Quartiles.of(result.peakGigaflops(), 0)));
      text.append(table(result));
      for (Map.Entry<String, String> missing : result.missing().entrySet()) {
        text.append("\nNot measured: ")
            .append(missing.getKey())
            .append(". ")
            .append(missing.getValue())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static MarkdownTable table(BlockResult result) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "what",
                "work of",
                "precision",
                "time, ms",
                "GFLOP/s",
                "of the matrix product",
                "kept, MiB",
                "time / odelayers"));
    for (ContenderResult each : result.contenders()) {
      table.row(
          List.of(
              each.engine() + ", " + each.variant(),
              each.work(),
              each.precision(),
              Quartiles.of(each.seconds().map(seconds -> seconds * 1e3), 1),
              Numbers.fixed(each.gigaflops().median(), 0),
              Numbers.fixed(each.shareOfPeak().median(), 2),
              each.peakSavedBytes() == null
                  ? "-"
                  : Numbers.fixed(each.peakSavedBytes() / MEBIBYTE, 1),
              each.timesOurs() == null ? "-" : Quartiles.of(each.timesOurs(), 2)));
    }
    return table;
  }
}
