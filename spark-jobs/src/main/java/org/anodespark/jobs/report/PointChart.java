/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Values of several groups, a line of points for each group with a stroke at its mean, as SVG that
 * takes its colours from the page.
 *
 * @param title what is shown, with its unit
 * @param groups of values; one without values is left out
 */
record PointChart(String title, List<Group> groups) {
  private static final int WIDTH = 560;
  private static final int LEFT = 170;
  private static final int RIGHT = 24;
  private static final int TOP = 10;
  private static final int LINE = 24;
  private static final int BOTTOM = 28;
  private static final int STROKE = 8;

  PointChart {
    groups = groups.stream().filter(group -> !group.values().isEmpty()).toList();
  }

  /**
   * The values of one group.
   *
   * @param index gives its colour
   * @param values finite
   */
  record Group(int index, String name, List<Double> values) {
    Group {
      values = List.copyOf(values);
    }

    double mean() {
      return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  void draw(Html page) {
    page.line().open("figure").element("figcaption", title);
    if (groups.isEmpty()) {
      page.element("p", "Not recorded.", "class", "none");
    } else {
      drawGroups(page);
    }
    page.close("figure");
  }

  private void drawGroups(Html page) {
    Axis axis = Axis.covering(all().min().orElseThrow(), all().max().orElseThrow());
    int height = TOP + groups.size() * LINE + BOTTOM;
    page.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", title);
    for (double tick : axis.ticks()) {
      String x = Html.pixels(across(axis, tick));
      page.open("line", "x1", x, "x2", x, "y1", TOP, "y2", height - BOTTOM, "class", "grid")
          .close("line")
          .element("text", axis.label(tick), "x", x, "y", height - 8, "class", "below");
    }
    for (int line = 0; line < groups.size(); line++) {
      draw(page, groups.get(line), axis, TOP + line * LINE + LINE / 2);
    }
    page.close("svg");
  }

  private static void draw(Html page, Group group, Axis axis, int y) {
    page.open("g", "class", Chart.colour(group.index()))
        .element("text", group.name(), "x", LEFT - 10, "y", y, "class", "left");
    String mean = Html.pixels(across(axis, group.mean()));
    page.open("line", "x1", mean, "x2", mean, "y1", y - STROKE, "y2", y + STROKE, "class", "mean")
        .close("line");
    for (double value : group.values()) {
      page.open("circle", "cx", Html.pixels(across(axis, value)), "cy", y, "r", "3.5")
          .element("title", String.format(Locale.ROOT, "%s: %.6g", group.name(), value))
          .close("circle");
    }
    page.close("g");
  }

  private DoubleStream all() {
    return groups.stream().flatMap(group -> group.values().stream()).mapToDouble(value -> value);
  }

  private static double across(Axis axis, double value) {
    return LEFT + axis.fraction(value) * (WIDTH - LEFT - RIGHT);
  }
}
