/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Many quantities of many things: an axis for each quantity, a line through all axes for each
 * thing, as SVG that takes its colours from the page.
 *
 * @param title what is shown
 * @param axes from left to right, at least two
 * @param lines those that stand back first
 */
record ParallelCoordinates(String title, List<Scale> axes, List<Line> lines) {
  private static final int WIDTH = 1160;
  private static final int HEIGHT = 310;
  private static final int SIDE = 90;
  private static final int TOP = 46;
  private static final int BOTTOM = 24;

  ParallelCoordinates {
    axes = List.copyOf(axes);
    lines = List.copyOf(lines);
  }

  /**
   * An axis.
   *
   * @param name of the quantity
   * @param labels what stands at places from 0, the lower end, to 1
   */
  record Scale(String name, List<Label> labels) {
    Scale {
      labels = List.copyOf(labels);
    }
  }

  /**
   * A tick.
   *
   * @param place from 0 to 1
   */
  record Label(double place, String text) {}

  /**
   * A line.
   *
   * @param places on each axis, from 0 to 1; NaN where the thing has no such quantity
   * @param style classes of the page's style
   * @param name shown when the pointer rests there
   */
  record Line(List<Double> places, String style, String name) {
    Line {
      places = List.copyOf(places);
    }
  }

  void draw(Html page) {
    page.line().open("figure", "class", "wide").element("figcaption", title);
    page.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title);
    for (Line line : lines) {
      draw(page, line);
    }
    for (int i = 0; i < axes.size(); i++) {
      draw(page, axes.get(i), i);
    }
    page.close("svg").close("figure");
  }

  private void draw(Html page, Line line) {
    page.open("g", "class", line.style()).element("title", line.name());
    List<String> stretch = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      double place = line.places().get(i);
      if (Double.isNaN(place)) {
        drawStretch(page, stretch);
        stretch = new ArrayList<>();
      } else {
        stretch.add(Html.pixels(across(i)) + "," + Html.pixels(down(place)));
      }
    }
    drawStretch(page, stretch);
    page.close("g");
  }

  private static void drawStretch(Html page, List<String> corners) {
    if (corners.size() > 1) {
      page.open("polyline", "points", String.join(" ", corners)).close("polyline");
    }
  }

  private void draw(Html page, Scale axis, int index) {
    String x = Html.pixels(across(index));
    // names side by side would run into each other
    int y = index % 2 == 0 ? 12 : 28;
    page.element("text", axis.name(), "x", x, "y", y, "class", "below name")
        .open("line", "x1", x, "x2", x, "y1", TOP, "y2", HEIGHT - BOTTOM, "class", "axis")
        .close("line");
    for (Label label : axis.labels()) {
      page.element(
          "text",
          label.text(),
          "x",
          Html.pixels(across(index) - 6),
          "y",
          Html.pixels(down(label.place())),
          "class",
          "left");
    }
  }

  private double across(int index) {
    return SIDE + (double) index / (axes.size() - 1) * (WIDTH - 2 * SIDE);
  }

  private static double down(double place) {
    return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
  }
}
