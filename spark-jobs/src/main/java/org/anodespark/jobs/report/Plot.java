/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rectangle with two axes, as SVG, and where in it things are.
 *
 * @param x the horizontal axis
 * @param y the vertical axis
 */
record Plot(Axis x, Axis y) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;

  /**
   * Begins the drawing with the axes.
   *
   * @param title what is shown, for those who cannot see it
   * @param across what the horizontal axis stands for
   */
  void open(Html page, String title, String across) {
    page.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title);
    for (double tick : y.ticks()) {
      String height = Html.pixels(down(tick));
      page.open(
              "line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", height, "y2", height, "class", "grid")
          .close("line")
          .element("text", y.label(tick), "x", LEFT - 8, "y", height, "class", "left");
    }
    for (double tick : x.ticks()) {
      page.element(
          "text",
          x.label(tick),
          "x",
          Html.pixels(across(tick)),
          "y",
          HEIGHT - 22,
          "class",
          "below");
    }
    page.element(
        "text", across, "x", (LEFT + WIDTH - RIGHT) / 2, "y", HEIGHT - 4, "class", "below");
  }

  /** Draws a line through points. */
  void line(Html page, List<Curve.Point> points) {
    page.open(
            "polyline",
            "points",
            points.stream()
                .map(point -> Html.pixels(across(point.x())) + "," + Html.pixels(down(point.y())))
                .collect(Collectors.joining(" ")))
        .close("polyline");
  }

  /**
   * Draws a point.
   *
   * @param radius in pixels
   * @param name shown when the pointer rests there
   */
  void mark(Html page, Curve.Point point, String radius, String name) {
    page.open(
            "circle",
            "cx",
            Html.pixels(across(point.x())),
            "cy",
            Html.pixels(down(point.y())),
            "r",
            radius)
        .element("title", name)
        .close("circle");
  }

  private double across(double value) {
    return LEFT + x.fraction(value) * (WIDTH - LEFT - RIGHT);
  }

  private double down(double value) {
    return HEIGHT - BOTTOM - y.fraction(value) * (HEIGHT - TOP - BOTTOM);
  }
}
