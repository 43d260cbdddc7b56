/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodespark.jobs.files.Csv;

/** The table of an experiment as text. */
final class ExperimentFiles {
  /** A line for each cell. */
  static final String CELLS = "cells.csv";

  /** A line for each measure of each row of the table. */
  static final String TABLE = "table.csv";

  private ExperimentFiles() {}

  /** {@code cells.csv}. */
  static String cells(List<String> measures, List<Cell> cells, Map<Cell, CellResult> results) {
    StringBuilder text = new StringBuilder();
    List<Object> header = new ArrayList<>(List.of("network", "method", "seed", "failure"));
    header.addAll(measures);
    text.append(Csv.line(header));
    for (Cell cell : cells) {
      CellResult result = results.get(cell);
      if (result != null) {
        List<Object> line = new ArrayList<>();
        line.add(cell.network());
        line.add(cell.method());
        line.add(cell.seed());
        line.add(result.failure() == null ? "" : result.failure());
        measures.forEach(measure -> line.add(Csv.number(result.measures().get(measure))));
        text.append(Csv.line(line));
      }
    }
    return text.toString();
  }

  /** {@code table.csv}. */
  static String table(ExperimentTable table) {
    StringBuilder text = new StringBuilder();
    text.append(
        Csv.line(
            List.of(
                "network",
                "method",
                "measure",
                "seeds",
                "mean",
                "deviation",
                "minimum",
                "maximum",
                "ratio_to_baseline",
                "published")));
    for (ExperimentTable.Row row : table.rows()) {
      row.figures()
          .forEach(
              (measure, figure) ->
                  text.append(
                      Csv.line(
                          List.of(
                              row.network(),
                              row.method(),
                              measure,
                              figure.values().size(),
                              Csv.number(figure.mean()),
                              Csv.number(figure.deviation()),
                              Csv.number(figure.least()),
                              Csv.number(figure.most()),
                              Csv.number(figure.ratio()),
                              Csv.number(figure.published())))));
    }
    return text.toString();
  }

  /** A table for people, one line for each row. */
  static List<String> lines(ExperimentTable table) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("method", "seeds"));
    header.addAll(table.measures());
    rows.add(header);
    for (ExperimentTable.Row row : table.rows()) {
      List<String> cells = new ArrayList<>();
      cells.add(row.name());
      cells.add(row.seeds() + (row.failed() == 0 ? "" : " (" + row.failed() + " failed)"));
      table
          .measures()
          .forEach(
              measure ->
                  cells.add(
                      row.figures().containsKey(measure) ? text(row.figures().get(measure)) : "-"));
      rows.add(cells);
    }
    int[] widths = new int[header.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(String.format("%-" + widths[i] + "s", row.get(i)));
      line.append(i < widths.length - 1 ? "  " : "");
    }
    return line.toString().stripTrailing();
  }

  /**
   * Mean, deviation, range, ratio to the baseline and published figure, as far as there are any.
   */
  static String text(ExperimentTable.Figure figure) {
    String mean = number("%.4g", figure.mean());
    String spread =
        Double.isNaN(figure.deviation())
            ? ""
            : number(" +- %.2g", figure.deviation())
                + number(" [%.4g", figure.least())
                + number(", %.4g]", figure.most());
    List<String> beside = new ArrayList<>();
    if (Double.isFinite(figure.ratio()) && figure.ratio() != 1) {
      beside.add(number("%.2fx", figure.ratio()));
    }
    if (!Double.isNaN(figure.published())) {
      beside.add(number("published %.4g", figure.published()));
    }
    return mean + spread + (beside.isEmpty() ? "" : " (" + String.join("; ", beside) + ")");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
