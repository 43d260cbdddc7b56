/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import java.io.IOException;
import java.util.List;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.ReportFolder;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;

/** {@link ScalarRectifier} with several methods. */
final class ScalarReport {
  private static final List<StepMethod> METHODS =
      List.of(new Euler(), new ExplicitMidpoint(), new ClassicRungeKutta());
  private static final double[] TOLERANCES = {1e-3, 1e-6, 1e-9};

  private ScalarReport() {}

  /** Writes the chart and returns the text. */
  static String write(ReportFolder folder) throws IOException {
    ErrorsOverSteps errors =
        new ErrorsOverSteps("dz/dt = -max(0, 10 z), z(0) = 1: there and back", "method");
    for (StepMethod method : METHODS) {
      errors.add(
          method.toString(), control -> ScalarRectifier.reversal(10, method, control).error());
    }
    folder.picture("scalar-rectifier.png", errors.chart());
    return """
        ## dz/dt = -max(0, lambda z), z(0) = 1

        rho for lambda = 10 and N equal steps:

        %s
        rho with adaptive steps of DormandPrince:

        %s"""
        .formatted(errors.table(), adaptive());
  }

  private static MarkdownTable adaptive() {
    MarkdownTable table =
        new MarkdownTable(List.of("relative tolerance", "lambda = 10", "lambda = 100"));
    for (double tolerance : TOLERANCES) {
      StepControl control = new AdaptiveSteps(tolerance, 1e-3 * tolerance);
      table.row(
          List.of(
              Numbers.scientific(tolerance),
              Numbers.significant(error(10, control)),
              Numbers.significant(error(100, control))));
    }
    return table;
  }

  private static double error(double lambda, StepControl control) {
    return ScalarRectifier.reversal(lambda, new DormandPrince(), control).error();
  }
}
