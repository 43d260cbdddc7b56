/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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

  private static final int WIDTH = 560;
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;

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
    Axis x = Axis.covering(0, all(Curve.Point::x).max().orElseThrow());
    double least = all(Curve.Point::y).min().orElseThrow();
    double most = all(Curve.Point::y).max().orElseThrow();
    Axis y = fromZero && least >= 0 ? Axis.covering(0, most) : Axis.covering(least, most);
    page.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title);
    for (double tick : y.ticks()) {
      String height = pixels(down(y, tick));
      page.open(
              "line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", height, "y2", height, "class", "grid")
          .close("line")
          .element("text", y.label(tick), "x", LEFT - 8, "y", height, "class", "left");
    }
    for (double tick : x.ticks()) {
      page.element(
          "text", x.label(tick), "x", pixels(across(x, tick)), "y", HEIGHT - 22, "class", "below");
    }
    page.element(
        "text", "epoch", "x", (LEFT + WIDTH - RIGHT) / 2, "y", HEIGHT - 4, "class", "below");
    for (Curve curve : curves) {
      draw(page, curve.thinned(MOST_POINTS), names.get(curve.run()), x, y);
    }
    page.close("svg");
  }

  private static void draw(Html page, Curve curve, String name, Axis x, Axis y) {
    page.open("g", "class", colour(curve.run()) + (curve.faded() ? " faded" : ""))
        .element("title", name);
    page.open(
            "polyline",
            "points",
            curve.points().stream()
                .map(point -> pixels(across(x, point.x())) + "," + pixels(down(y, point.y())))
                .collect(Collectors.joining(" ")))
        .close("polyline");
    if (curve.points().size() <= MOST_MARKERS) {
      for (Curve.Point point : curve.points()) {
        page.open(
                "circle",
                "cx",
                pixels(across(x, point.x())),
                "cy",
                pixels(down(y, point.y())),
                "r",
                "2.5")
            .element("title", String.format(Locale.ROOT, "%s: %.6g", name, point.y()))
            .close("circle");
      }
    }
    page.close("g");
  }

  private DoubleStream all(ToDoubleFunction<Curve.Point> coordinate) {
    return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(coordinate);
  }

  private static double across(Axis x, double value) {
    return LEFT + x.fraction(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double down(Axis y, double value) {
    return HEIGHT - BOTTOM - y.fraction(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String pixels(double position) {
    return String.format(Locale.ROOT, "%.1f", position);
  }
}
