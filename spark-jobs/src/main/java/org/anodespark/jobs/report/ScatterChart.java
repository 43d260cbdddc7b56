/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Points in a plane, maybe with a line through some of them, as SVG that takes its colours from the
 * page.
 *
 * @param title what is shown
 * @param across what the horizontal axis stands for
 * @param marks the points
 * @param line corners of the line, in its order; may be empty
 */
record ScatterChart(String title, String across, List<Mark> marks, List<Curve.Point> line) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;

  ScatterChart {
    marks = List.copyOf(marks);
    line = List.copyOf(line);
  }

  /**
   * A point.
   *
   * @param place both coordinates finite
   * @param style class of the page's style
   * @param name shown when the pointer rests there
   */
  record Mark(Curve.Point place, String style, String name) {}

  void draw(Html page) {
    page.line().open("figure").element("figcaption", title);
    if (marks.isEmpty()) {
      page.element("p", "Not recorded.", "class", "none");
    } else {
      drawMarks(page);
    }
    page.close("figure");
  }

  private void drawMarks(Html page) {
    Axis x = axis(Curve.Point::x);
    Axis y = axis(Curve.Point::y);
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
        "text", across, "x", (LEFT + WIDTH - RIGHT) / 2, "y", HEIGHT - 4, "class", "below");
    if (!line.isEmpty()) {
      page.open("g", "class", "run0")
          .open(
              "polyline",
              "points",
              line.stream()
                  .map(point -> pixels(across(x, point.x())) + "," + pixels(down(y, point.y())))
                  .collect(Collectors.joining(" ")))
          .close("polyline")
          .close("g");
    }
    for (Mark mark : marks) {
      page.open("g", "class", mark.style())
          .open(
              "circle",
              "cx",
              pixels(across(x, mark.place().x())),
              "cy",
              pixels(down(y, mark.place().y())),
              "r",
              "4")
          .element("title", mark.name())
          .close("circle")
          .close("g");
    }
    page.close("svg");
  }

  private Axis axis(ToDoubleFunction<Curve.Point> coordinate) {
    DoubleStream values = marks.stream().map(Mark::place).mapToDouble(coordinate);
    double[] sorted = values.sorted().toArray();
    return Axis.covering(sorted[0], sorted[sorted.length - 1]);
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
