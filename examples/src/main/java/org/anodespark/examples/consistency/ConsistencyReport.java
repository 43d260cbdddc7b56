/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.consistency;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.anodespark.examples.report.LogChart;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.ReportFolder;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;

/** Compares both gradients over a range of step sizes and writes a chart and a table. */
public final class ConsistencyReport {
  private static final List<StepMethod> METHODS =
      List.of(new Euler(), new ExplicitMidpoint(), new ClassicRungeKutta());
  private static final int[] STEPS = {1, 2, 4, 8, 16, 32, 64};

  private ConsistencyReport() {}

  /** Writes {@code consistency.png} and {@code consistency.md}. */
  public static void write(ReportFolder folder) throws IOException {
    LogChart chart =
        new LogChart(
            "dz/dt = tanh(W z): optimise-then-discretise against the exact gradient",
            "step size h",
            "relative error of dL/dW");
    MarkdownTable table =
        new MarkdownTable(
            List.of("method", "N", "error of dL/dW", "cosine", "error of the rebuilt z(0)"));
    double[] sizes = Arrays.stream(STEPS).mapToDouble(steps -> 1.0 / steps).toArray();
    for (StepMethod method : METHODS) {
      double[] errors = new double[STEPS.length];
      for (int i = 0; i < STEPS.length; i++) {
        Inconsistency inconsistency = TanhProblem.inconsistency(method, STEPS[i]);
        errors[i] = inconsistency.relativeError();
        table.row(
            List.of(
                method,
                STEPS[i],
                Numbers.scientific(errors[i]),
                Numbers.fixed(inconsistency.cosine(), 6),
                Numbers.scientific(inconsistency.reconstructionError())));
      }
      chart.line(method.toString(), sizes, errors);
      chart.guide("slope " + method.order(), sizes, slope(method.order(), sizes, errors));
    }
    folder.picture("consistency.png", chart.draw());
    folder.text(
        "consistency.md",
        """
        # Gradients of the adjoint equation

        dz/dt = tanh(W z) with N equal steps on [0, 1], L = 1/2 |z(1)|^2. ReverseTime against the
        exact gradient of the same solve:

        %s"""
            .formatted(table));
  }

  /** The line of the given slope through the last point. */
  private static double[] slope(int order, double[] sizes, double[] errors) {
    int last = sizes.length - 1;
    return Arrays.stream(sizes)
        .map(size -> errors[last] * Math.pow(size / sizes[last], order))
        .toArray();
  }
}
