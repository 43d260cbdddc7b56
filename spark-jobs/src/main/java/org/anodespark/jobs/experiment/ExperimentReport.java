/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.report.ExperimentPage;
import org.anodespark.jobs.run.MetricsPoint;
import org.anodespark.jobs.run.RecordedRun;
import org.apache.hadoop.conf.Configuration;

/** Puts what an experiment came to onto its page. */
final class ExperimentReport {
  private ExperimentReport() {}

  /**
   * The text of the page.
   *
   * @param location of the experiment's run directory
   * @param results of those that are done or failed
   */
  static String of(
      String location,
      ExperimentTable table,
      List<PlannedCell> cells,
      Map<Cell, CellResult> results,
      Configuration hadoop) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Mean, standard deviation, minimum and maximum over the seeds; in brackets the ratio of the"
            + " mean to that of the baseline, and what was published.");
    List<String> columns = new ArrayList<>(List.of("seeds"));
    columns.addAll(table.measures());
    List<PlannedCell> ended =
        cells.stream().filter(planned -> results.containsKey(planned.cell())).toList();
    if (ended.size() < cells.size()) {
      notes.add("%d of %d trainings have ended.".formatted(ended.size(), cells.size()));
    }
    List<ExperimentPage.Row> rows =
        table.rows().stream().map(row -> row(row, table.measures(), ended, hadoop)).toList();
    results.values().stream()
        .filter(result -> result.failure() != null)
        .forEach(result -> notes.add(result.cell().name() + " failed: " + result.failure()));
    return ExperimentPage.of(
        location.substring(location.lastIndexOf('/') + 1), columns, table.measures(), rows, notes);
  }

  private static ExperimentPage.Row row(
      ExperimentTable.Row row,
      List<String> measures,
      List<PlannedCell> cells,
      Configuration hadoop) {
    List<String> words = new ArrayList<>();
    words.add(row.seeds() + (row.failed() == 0 ? "" : " (" + row.failed() + " failed)"));
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String measure : measures) {
      ExperimentTable.Figure figure = row.figures().get(measure);
      if (figure == null) {
        words.add("");
      } else {
        words.add(ExperimentFiles.text(figure));
        values.put(measure, figure.values());
      }
    }
    List<List<MetricsPoint>> metrics =
        cells.stream()
            .filter(
                planned ->
                    planned.cell().network().equals(row.network())
                        && planned.cell().method().equals(row.method()))
            .map(planned -> RecordedRun.metrics(hadoop, planned.directory()))
            .toList();
    return new ExperimentPage.Row(row.name(), words, values, metrics);
  }
}
