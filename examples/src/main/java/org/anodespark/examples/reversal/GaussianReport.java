/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import java.io.IOException;
import java.util.List;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.ReportFolder;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;

/** {@link GaussianRectifier} for several matrices. */
final class GaussianReport {
  private static final int SIZE = 100;
  private static final List<GaussianRectifier> FIELDS =
      List.of(
          new GaussianRectifier(SIZE, 1),
          new GaussianRectifier(SIZE, 2),
          new GaussianRectifier(SIZE, 3));

  private GaussianReport() {}

  /** Writes the chart and returns the text. */
  static String write(ReportFolder folder) throws IOException {
    ErrorsOverSteps errors =
        new ErrorsOverSteps(
            "dz/dt = max(0, W z), W Gaussian, ClassicRungeKutta: there and back", "W");
    for (int i = 0; i < FIELDS.size(); i++) {
      GaussianRectifier field = FIELDS.get(i);
      errors.add(
          "W" + (i + 1) + " as drawn",
          control -> field.raw(new ClassicRungeKutta(), control).error());
    }
    for (int i = 0; i < FIELDS.size(); i++) {
      GaussianRectifier field = FIELDS.get(i);
      errors.add(
          "W" + (i + 1) + " divided by its norm",
          control -> field.unitNorm(new ClassicRungeKutta(), control).error());
    }
    folder.picture("gaussian-rectifier.png", errors.chart());
    return """
        ## dz/dt = max(0, W z), W of 100 x 100 standard normal numbers

        rho for ClassicRungeKutta with N equal steps:

        %s
        rho with adaptive steps of DormandPrince, relative tolerance 0.001:

        %s"""
        .formatted(errors.table(), adaptive());
  }

  private static MarkdownTable adaptive() {
    StepControl control = new AdaptiveSteps(1e-3, 1e-6);
    MarkdownTable table =
        new MarkdownTable(List.of("W", "norm of W", "as drawn", "divided by its norm"));
    for (int i = 0; i < FIELDS.size(); i++) {
      GaussianRectifier field = FIELDS.get(i);
      table.row(
          List.of(
              "W" + (i + 1),
              Numbers.significant(field.spectralNorm()),
              Numbers.significant(field.raw(new DormandPrince(), control).error()),
              Numbers.significant(field.unitNorm(new DormandPrince(), control).error())));
    }
    return table;
  }
}
