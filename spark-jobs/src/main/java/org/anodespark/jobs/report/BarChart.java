/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shares of a whole, a bar for each, as SVG that takes its colours from the page.
 *
 * @param title what is shown
 * @param shares from 0 to 1, by name, in the order in which they are drawn
 */
record BarChart(String title, Map<String, Double> shares) {
  private static final int WIDTH = 560;
  private static final int LEFT = 250;
  private static final int RIGHT = 56;
  private static final int LINE = 24;
  private static final int BAR = 14;

  BarChart {
    shares = new LinkedHashMap<>(shares);
  }

  void draw(Html page) {
    page.line().open("figure").element("figcaption", title);
    if (shares.isEmpty()) {
      page.element("p", "Not known: too few trials, or all came to the same.", "class", "none");
    } else {
      drawBars(page);
    }
    page.close("figure");
  }

  private void drawBars(Html page) {
    int height = shares.size() * LINE;
    page.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", title);
    int top = 0;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      double width = share.getValue() * (WIDTH - LEFT - RIGHT);
      int middle = top + LINE / 2;
      page.element("text", share.getKey(), "x", LEFT - 8, "y", middle, "class", "left")
          .open(
              "rect",
              "x",
              LEFT,
              "y",
              middle - BAR / 2,
              "width",
              Html.pixels(width),
              "height",
              BAR,
              "class",
              "bar")
          .close("rect")
          .element(
              "text",
              String.format(Locale.ROOT, "%.0f %%", 100 * share.getValue()),
              "x",
              Html.pixels(LEFT + width + 6),
              "y",
              middle,
              "class",
              "right");
      top += LINE;
    }
    page.close("svg");
  }
}
