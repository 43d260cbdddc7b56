/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.rungekutta.ButcherTableau;

/** A solve of {@link TanhLayers} on given steps and its measures, by the formulas, in loops. */
final class PlainSolve {
  private final ButcherTableau tableau;
  private final TanhLayers field;
  private final double relative;
  private final double absolute;
  private final List<StepMeasure> measures = new ArrayList<>();
  private double[] y;

  /**
   * @param relative tolerance, as {@code absolute}
   */
  PlainSolve(
      ButcherTableau tableau, TanhLayers field, double[] y0, double relative, double absolute) {
    this.tableau = tableau;
    this.field = field;
    this.relative = relative;
    this.absolute = absolute;
    this.y = y0.clone();
  }

  PlainSolve on(TimeGrid grid) {
    for (int i = 0; i < grid.steps(); i++) {
      take(grid.step(i));
    }
    return this;
  }

  /** The state now. */
  double[] y() {
    return y;
  }

  /** Of the steps so far. */
  List<StepMeasure> measures() {
    return measures;
  }

  void take(Step step) {
    take(step, field.slope(step.start(), y));
  }

  /** With a first slope that may be a constant. */
  void take(Step step, double[] firstSlope) {
    int stages = tableau.stages();
    double h = step.end() - step.start();
    double[][] g = new double[stages][];
    double[][] k = new double[stages][];
    for (int i = 0; i < stages; i++) {
      g[i] = y.clone();
      for (int j = 0; j < i; j++) {
        add(g[i], h * tableau.a(i, j), k[j]);
      }
      k[i] = i == 0 ? firstSlope : field.slope(step.start() + tableau.c(i) * h, g[i]);
    }
    double[] next = y.clone();
    double[] error = new double[y.length];
    for (int i = 0; i < stages; i++) {
      add(next, h * tableau.b(i), k[i]);
      add(error, h * tableau.errorWeight(i), k[i]);
    }
    double squares = 0;
    for (int m = 0; m < y.length; m++) {
      double scale = absolute + relative * Math.max(Math.abs(y[m]), Math.abs(next[m]));
      squares += error[m] / scale * (error[m] / scale);
    }
    double stiffness = stages == 7 ? rootMeanSquare(k[6], k[5]) / rootMeanSquare(g[6], g[5]) : 0;
    measures.add(new StepMeasure(Math.abs(h), Math.sqrt(squares / y.length), stiffness));
    y = next;
  }

  private static void add(double[] sum, double factor, double[] term) {
    for (int m = 0; m < sum.length; m++) {
      sum[m] += factor * term[m];
    }
  }

  private static double rootMeanSquare(double[] a, double[] b) {
    double squares = 0;
    for (int m = 0; m < a.length; m++) {
      squares += (a[m] - b[m]) * (a[m] - b[m]);
    }
    return Math.sqrt(squares / a.length);
  }
}
