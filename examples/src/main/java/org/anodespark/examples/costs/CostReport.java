/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.anodespark.examples.report.LogChart;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.ReportFolder;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Kept;
import org.anodespark.odelayers.solver.StepMethod;

/** Runs a {@link CostExperiment} and writes what came out as a table and as charts. */
public final class CostReport {
  private static final double MEBIBYTE = 1 << 20;

  private CostReport() {}

  /**
   * Writes {@code memory.png}, {@code time.png} and {@code costs.md}.
   *
   * @param log gets a line for each method and number of steps
   */
  public static void write(CostSettings settings, ReportFolder folder, PrintStream log)
      throws IOException {
    CostExperiment experiment = new CostExperiment(settings);
    List<Measurement> measurements = experiment.run(log);
    folder.picture(
        "memory.png",
        charts(
            settings,
            measurements,
            "peak kept for the gradient, MiB",
            each -> each.statistics().peakSavedBytes() / MEBIBYTE));
    folder.picture(
        "time.png",
        charts(
            settings,
            measurements,
            "forward and backward pass, milliseconds",
            each -> each.medianSeconds() * 1e3));
    folder.text("costs.md", text(settings, experiment, measurements));
  }

  private static BufferedImage[] charts(
      CostSettings settings,
      List<Measurement> measurements,
      String title,
      ToDoubleFunction<Measurement> value) {
    return settings.methods().stream()
        .map(method -> chart(method, ofMethod(measurements, method), title, value))
        .toArray(BufferedImage[]::new);
  }

  private static BufferedImage chart(
      StepMethod method,
      List<Measurement> measurements,
      String title,
      ToDoubleFunction<Measurement> value) {
    LogChart chart = new LogChart(method + ": " + title, "steps", title);
    double[] steps = measurements.stream().mapToDouble(Measurement::steps).distinct().toArray();
    names(measurements, value).forEach((values, names) -> chart.line(names, steps, array(values)));
    return chart.draw();
  }

  /** One line for each strategy; those with equal values share one, which has all their names. */
  private static Map<List<Double>, String> names(
      List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
    Map<String, List<Double>> values =
        measurements.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.strategy().toString(),
                    LinkedHashMap::new,
                    Collectors.mapping(value::applyAsDouble, Collectors.toList())));
    Map<List<Double>, String> names = new LinkedHashMap<>();
    values.forEach((name, line) -> names.merge(line, name, (one, other) -> one + ", " + other));
    return names;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Measurement> ofMethod(List<Measurement> measurements, StepMethod method) {
    return measurements.stream().filter(each -> each.method().equals(method)).toList();
  }

  private static String text(
      CostSettings settings, CostExperiment experiment, List<Measurement> measurements) {
    StringBuilder text =
        new StringBuilder(
            """
            # What a gradient costs

            One block: two 3 x 3 convolutions with a ReLU between them, %d channels, images of %d x
            %d, batches of %d, single precision. A state y has %s MiB, the activations A of one
            evaluation have %s MiB. Times are medians of %d rounds after %d to warm up, on %s with
            %d processors.
            """
                .formatted(
                    settings.channels(),
                    settings.size(),
                    settings.size(),
                    settings.batch(),
                    mebibytes(experiment.stateBytes()),
                    mebibytes(experiment.evaluationBytes()),
                    settings.repetitions(),
                    settings.warmUp(),
                    System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors()));
    for (StepMethod method : settings.methods()) {
      text.append("\n## ").append(method).append("\n\n");
      text.append(table(ofMethod(measurements, method)));
    }
    return text.toString();
  }

  private static MarkdownTable table(List<Measurement> measurements) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "strategy",
                "N",
                "evaluations forward",
                "again",
                "pullbacks",
                "kept between, MiB",
                "peak, MiB",
                "declared, MiB",
                "declared",
                "time, ms",
                "time / FullStorage"));
    for (Measurement each : measurements) {
      double full =
          measurements.stream()
              .filter(
                  other -> other.steps() == each.steps() && other.strategy() instanceof FullStorage)
              .findFirst()
              .orElseThrow()
              .medianSeconds();
      table.row(
          List.of(
              each.strategy(),
              each.steps(),
              each.statistics().forwardEvaluations(),
              each.statistics().recomputedEvaluations(),
              each.statistics().pullbacks(),
              mebibytes(each.bytesBetween()),
              mebibytes(each.statistics().peakSavedBytes()),
              mebibytes(each.declaredPeakBytes()),
              formula(each.declared().peak()),
              Numbers.fixed(each.medianSeconds() * 1e3, 1),
              Numbers.fixed(each.medianSeconds() / full, 2)));
    }
    return table;
  }

  private static String formula(Kept kept) {
    return kept.states() + " y + " + kept.evaluations() + " A";
  }

  private static String mebibytes(long bytes) {
    return Numbers.significant(bytes / MEBIBYTE);
  }
}
