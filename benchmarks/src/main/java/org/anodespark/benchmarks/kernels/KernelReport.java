/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anodespark.benchmarks.report.Json;
import org.anodespark.benchmarks.report.Machine;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.ReportFolder;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Has JMH measure the kernels and writes what came out. */
public final class KernelReport {
  private KernelReport() {}

  private record Written(Machine machine, int threads, List<KernelResult> kernels) {}

  /**
   * Writes {@code kernels.md} and {@code kernels.json}.
   *
   * @throws IOException if a kernel fails or a file cannot be written
   */
  public static void write(KernelSettings settings, ReportFolder folder) throws IOException {
    List<RunResult> runs = new ArrayList<>();
    for (Class<?> benchmark :
        List.of(
            ConvolutionBenchmark.class,
            NormBenchmark.class,
            DenseBenchmark.class,
            MemoryBenchmark.class)) {
      runs.addAll(run(benchmark, KernelFamily.names(), settings));
    }
    List<KernelResult> results = runs.stream().map(KernelResult::of).toList();
    Machine machine = Machine.thisOne();
    folder.text("kernels.md", text(machine, settings.threads(), results));
    folder.text("kernels.json", Json.pretty(new Written(machine, settings.threads(), results)));
  }

  private static Collection<RunResult> run(
      Class<?> benchmark, Collection<String> kernels, KernelSettings settings) throws IOException {
    TimeValue iteration = TimeValue.milliseconds(settings.milliseconds());
    try {
      return new Runner(
              new OptionsBuilder()
                  .include("\\." + benchmark.getSimpleName() + "\\.")
                  .param("kernel", kernels.toArray(String[]::new))
                  .param("shape", settings.shapes().toArray(String[]::new))
                  .mode(Mode.SampleTime)
                  .timeUnit(TimeUnit.MILLISECONDS)
                  .forks(settings.processes())
                  .warmupIterations(settings.warmUp())
                  .warmupTime(iteration)
                  .measurementIterations(settings.iterations())
                  .measurementTime(iteration)
                  .shouldFailOnError(true)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IOException("JMH could not measure " + benchmark.getSimpleName() + ": " + e, e);
    }
  }

  private static String text(Machine machine, int threads, List<KernelResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            List.of("operation", "kernel", "C x H x N", "time, ms", "quartiles, ms", "GFLOP/s"));
    for (KernelResult each : results) {
      table.row(
          List.of(
              each.operation(),
              each.kernel(),
              each.shape(),
              Numbers.significant(each.milliseconds()),
              Numbers.significant(each.lowerQuartile())
                  + " to "
                  + Numbers.significant(each.upperQuartile()),
              each.gigaflops() == null ? "-" : Numbers.fixed(each.gigaflops(), 0)));
    }
    return """
        # Kernels

        Images of C channels and H x H pixels, N at once; convolutions are 3 x 3 with as many channels
        out as in, norms have a ReLU behind them. Medians over the calls; threads: %d; %s.

        %s"""
        .formatted(threads, machine, table);
  }
}
