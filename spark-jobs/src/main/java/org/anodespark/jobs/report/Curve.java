/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of one run in one chart.
 *
 * @param run position of the run among those of the report, from 0
 * @param faded whether it stands back behind others
 * @param points in the order of x; all finite
 */
record Curve(int run, boolean faded, List<Point> points) {
  Curve {
    points = List.copyOf(points);
  }

  /** One that does not stand back. */
  Curve(int run, List<Point> points) {
    this(run, false, points);
  }

  /**
   * A point.
   *
   * @param x finite
   * @param y finite
   */
  record Point(double x, double y) {}

  /**
   * A curve of means over equal groups of neighbouring points.
   *
   * @param most how many points it may have, at least 1; a curve with no more is left as it is
   */
  Curve thinned(int most) {
    int group = (points.size() + most - 1) / most;
    if (group <= 1) {
      return this;
    }
    List<Point> means = new ArrayList<>();
    for (int from = 0; from < points.size(); from += group) {
      List<Point> neighbours = points.subList(from, Math.min(points.size(), from + group));
      means.add(
          new Point(
              neighbours.stream().mapToDouble(Point::x).average().orElseThrow(),
              neighbours.stream().mapToDouble(Point::y).average().orElseThrow()));
    }
    return new Curve(run, faded, means);
  }
}
