/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** A table with a column for each run, and a mark on rows in which runs differ. */
final class ComparisonTable {
  private final List<String> names;
  private final boolean marksDifferences;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param label of the row
   * @param values one for each run
   */
  private record Row(String label, List<String> values) {
    boolean differs() {
      return new HashSet<>(values).size() > 1;
    }
  }

  /**
   * Makes a table without rows.
   *
   * @param names of the runs
   */
  ComparisonTable(List<String> names, boolean marksDifferences) {
    this.names = List.copyOf(names);
    this.marksDifferences = marksDifferences;
  }

  /**
   * Adds a row, unless all its values are empty.
   *
   * @param values one for each run, empty where a run has none
   */
  void add(String label, List<String> values) {
    if (!values.stream().allMatch(String::isEmpty)) {
      rows.add(new Row(label, List.copyOf(values)));
    }
  }

  /** How many rows differ. */
  long differences() {
    return rows.stream().filter(Row::differs).count();
  }

  void draw(Html page) {
    page.line().open("div", "class", "scroll").open("table").open("tr").element("td", "");
    for (int run = 0; run < names.size(); run++) {
      page.element("th", names.get(run), "scope", "col", "class", Chart.colour(run));
    }
    page.close("tr");
    for (Row row : rows) {
      page.line();
      if (marksDifferences && row.differs()) {
        page.open("tr", "class", "differs");
      } else {
        page.open("tr");
      }
      page.element("th", row.label(), "scope", "row");
      row.values().forEach(value -> page.element("td", value));
      page.close("tr");
    }
    page.close("table").close("div");
  }
}
