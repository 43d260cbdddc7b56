/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown: the first column to the left, the others, numbers, to the right. */
public final class MarkdownTable {
  private final int columns;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param header names of the columns, at least one
   */
  public MarkdownTable(List<String> header) {
    columns = header.size();
    List<String> alignment = new ArrayList<>(Collections.nCopies(columns, "---:"));
    alignment.set(0, "---");
    add(header);
    add(alignment);
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   * @throws IllegalArgumentException if there are more or fewer
   */
  public MarkdownTable row(List<?> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "A row of " + cells.size() + " cells, expected " + columns + ", one for each column.");
    }
    add(cells);
    return this;
  }

  private void add(List<?> cells) {
    text.append(
        cells.stream().map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** The table, each line with a line break behind it. */
  @Override
  public String toString() {
    return text.toString();
  }
}
