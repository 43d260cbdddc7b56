/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.List;

/** A tableau's picture: labels, a bar, and columns as wide as their widest number. */
final class TableauDrawing {
  private record Row(String label, List<String> cells) {}

  private final List<Row> rows = new ArrayList<>();
  private int rowsAboveLine;

  /** Adds a row of numbers behind a label. */
  void row(String label, double[] numbers) {
    List<String> cells = new ArrayList<>();
    for (double number : numbers) {
      cells.add(Double.toString(number));
    }
    rows.add(new Row(label, cells));
  }

  /** Draws the line below the rows so far. */
  void line() {
    rowsAboveLine = rows.size();
  }

  @Override
  public String toString() {
    int labelWidth = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    List<Integer> widths = columnWidths();
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < rows.size(); index++) {
      if (index == rowsAboveLine) {
        int columns = widths.stream().mapToInt(width -> width + 2).sum();
        text.append("-".repeat(labelWidth + 1)).append('+').append("-".repeat(columns));
        text.append('\n');
      }
      StringBuilder line = new StringBuilder(pad(rows.get(index).label(), labelWidth)).append(" |");
      List<String> cells = rows.get(index).cells();
      for (int column = 0; column < cells.size(); column++) {
        line.append("  ").append(pad(cells.get(column), widths.get(column)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private List<Integer> columnWidths() {
    List<Integer> widths = new ArrayList<>();
    for (Row row : rows) {
      for (int column = 0; column < row.cells().size(); column++) {
        int width = row.cells().get(column).length();
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(width, widths.get(column)));
        }
      }
    }
    return widths;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
