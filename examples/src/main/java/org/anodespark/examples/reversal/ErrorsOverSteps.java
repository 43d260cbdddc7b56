/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.anodespark.examples.report.LogChart;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.FixedSteps;

/** rho over the number of equal steps, for several cases, as a table and as a chart. */
final class ErrorsOverSteps {
  private static final int[] STEPS = {2, 4, 8, 16, 32, 64, 128};

  private final LogChart chart;
  private final MarkdownTable table;

  /**
   * @param title of the chart
   * @param first name of the table's first column
   */
  ErrorsOverSteps(String title, String first) {
    chart =
        new LogChart(title, "steps, there and back each", "rho, relative error of what comes back");
    List<String> header = new ArrayList<>(List.of(first));
    Arrays.stream(STEPS).forEach(steps -> header.add("N = " + steps));
    table = new MarkdownTable(header);
  }

  /**
   * Adds a case.
   *
   * @param name for the legend and the first column
   * @param error rho for a step control
   */
  void add(String name, ToDoubleFunction<StepControl> error) {
    double[] errors =
        Arrays.stream(STEPS)
            .mapToDouble(steps -> error.applyAsDouble(new FixedSteps(steps)))
            .toArray();
    chart.line(name, Arrays.stream(STEPS).asDoubleStream().toArray(), errors);
    List<String> row = new ArrayList<>(List.of(name));
    Arrays.stream(errors).forEach(each -> row.add(Numbers.significant(each)));
    table.row(row);
  }

  BufferedImage chart() {
    return chart.draw();
  }

  MarkdownTable table() {
    return table;
  }
}
