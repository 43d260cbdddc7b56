/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Lines over epochs, as SVG that takes its colours from the page.
 *
 * @param title what is shown, with its unit
 * @param fromZero whether the vertical axis begins at 0
 * @param curves of the runs that know it
 */
record Chart(String title, boolean fromZero, List<Curve> curves) {
  /** More points than pixels would be of no use. */
  private static final int MOST_POINTS = 400;

  /** Beyond that, markers would cover the line. */
  private static final int MOST_MARKERS = 60;

  /** How many colours the page has. */
  private static final int COLOURS = 8;

  Chart {
    curves = curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
  }

  /** Classes of the page's style that give a run its colour. */
  static String colour(int run) {
    return "run" + run % COLOURS + (run < COLOURS ? "" : " again");
  }

  /**
   * Draws it.
   *
   * @param names of all runs
   */
  void draw(Html page, List<String> names) {
    page.line().open("figure").element("figcaption", title);
    if (curves.isEmpty()) {
      page.element("p", "Not recorded.", "class", "none");
    } else {
      drawCurves(page, names);
    }
    page.close("figure");
  }

  private void drawCurves(Html page, List<String> names) {
    double least = all(Curve.Point::y).min().orElseThrow();
    double most = all(Curve.Point::y).max().orElseThrow();
    Plot plot =
        new Plot(
            Axis.covering(0, all(Curve.Point::x).max().orElseThrow()),
            fromZero && least >= 0 ? Axis.covering(0, most) : Axis.covering(least, most));
    plot.open(page, title, "epoch");
    for (Curve curve : curves) {
      draw(page, plot, curve.thinned(MOST_POINTS), names.get(curve.run()));
    }
    page.close("svg");
  }

  private static void draw(Html page, Plot plot, Curve curve, String name) {
    page.open("g", "class", colour(curve.run()) + (curve.faded() ? " faded" : ""))
        .element("title", name);
    plot.line(page, curve.points());
    if (curve.points().size() <= MOST_MARKERS) {
      for (Curve.Point point : curve.points()) {
        plot.mark(page, point, "2.5", String.format(Locale.ROOT, "%s: %.6g", name, point.y()));
      }
    }
    page.close("g");
  }

  private DoubleStream all(ToDoubleFunction<Curve.Point> coordinate) {
    return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(coordinate);
  }
}
