/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.anodespark.jobs.run.MetricsPoint;

/** One HTML page about an experiment: its table, its values and its curves. */
public final class ExperimentPage {
  /** The name of the file in a run directory. */
  public static final String FILE = "experiment.html";

  private ExperimentPage() {}

  /**
   * A row of the table.
   *
   * @param name of the method, and the network
   * @param cells of the table, in words, one for each column
   * @param values with each seed, by measure
   * @param metrics of each seed's training
   */
  public record Row(
      String name,
      List<String> cells,
      Map<String, List<Double>> values,
      List<List<MetricsPoint>> metrics) {}

  /**
   * The whole text of the page.
   *
   * @param title of the page
   * @param columns of the table
   * @param measures that are drawn
   * @param rows at least one
   * @param notes sentences below the table
   */
  public static String of(
      String title,
      List<String> columns,
      List<String> measures,
      List<Row> rows,
      List<String> notes) {
    Html page = Page.begin(title);
    List<String> names = rows.stream().map(Row::name).toList();
    page.line().open("ul", "class", "runs");
    for (int row = 0; row < rows.size(); row++) {
      page.open("li", "class", Chart.colour(row)).element("b", names.get(row)).close("li");
    }
    page.close("ul");
    Page.table(
        page, columns, rows.stream().map(row -> new Page.Row(row.name(), row.cells())).toList());
    notes.forEach(note -> page.element("p", note));
    page.line().open("section", "class", "charts");
    for (String measure : measures) {
      new PointChart(
              measure,
              IntStream.range(0, rows.size())
                  .mapToObj(
                      row ->
                          new PointChart.Group(
                              row,
                              names.get(row),
                              rows.get(row).values().getOrDefault(measure, List.of())))
                  .toList())
          .draw(page);
    }
    if (rows.stream().flatMap(row -> row.metrics().stream()).anyMatch(seed -> !seed.isEmpty())) {
      drawCurves(page, rows, names);
    }
    page.close("section");
    return Page.end(page);
  }

  private static void drawCurves(Html page, List<Row> rows, List<String> names) {
    chart("Test accuracy", rows, point -> point.ofRound() ? Double.NaN : point.testAccuracy())
        .draw(page, names);
    chart(
            "Evaluations of f per image and update",
            rows,
            point -> point.ofRound() ? point.evaluationsPerImage() : Double.NaN)
        .draw(page, names);
    chart("Loss in training", rows, point -> point.ofRound() ? point.trainLoss() : Double.NaN)
        .draw(page, names);
  }

  private static Chart chart(String title, List<Row> rows, Function<MetricsPoint, Double> value) {
    List<Curve> curves = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      for (List<MetricsPoint> ofSeed : rows.get(row).metrics()) {
        curves.add(
            new Curve(
                row,
                ofSeed.stream()
                    .map(point -> new Curve.Point(point.epoch(), value.apply(point)))
                    .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                    .toList()));
      }
    }
    return new Chart(title, false, curves);
  }
}
