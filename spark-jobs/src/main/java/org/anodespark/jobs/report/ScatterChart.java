/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
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
    Plot plot = new Plot(axis(Curve.Point::x), axis(Curve.Point::y));
    plot.open(page, title, across);
    if (!line.isEmpty()) {
      page.open("g", "class", "run0");
      plot.line(page, line);
      page.close("g");
    }
    for (Mark mark : marks) {
      page.open("g", "class", mark.style());
      plot.mark(page, mark.place(), "4", mark.name());
      page.close("g");
    }
    page.close("svg");
  }

  private Axis axis(ToDoubleFunction<Curve.Point> coordinate) {
    DoubleStream values = marks.stream().map(Mark::place).mapToDouble(coordinate);
    double[] sorted = values.sorted().toArray();
    return Axis.covering(sorted[0], sorted[sorted.length - 1]);
  }
}
