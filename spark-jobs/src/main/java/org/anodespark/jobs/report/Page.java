/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What all pages begin and end with. */
final class Page {
  private Page() {}

  /** A page up to its heading. */
  static Html begin(String title) {
    return new Html()
        .trusted("<!DOCTYPE html>\n")
        .open("html", "lang", "en")
        .open("head")
        .trusted("<meta charset=\"utf-8\">\n")
        // should anything slip through, it can neither run nor load anything
        .trusted(
            "<meta http-equiv=\"Content-Security-Policy\""
                + " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
        .trusted("<meta name=\"viewport\" content=\"width=device-width\">\n")
        .element("title", title)
        .trusted("<style>\n" + style() + "</style>")
        .close("head")
        .line()
        .open("body")
        .element("h1", title);
  }

  /** The whole text of a page. */
  static String end(Html page) {
    return page.close("body").close("html").line().toString();
  }

  /**
   * A row of a table.
   *
   * @param name at its beginning
   * @param cells one for each column
   */
  record Row(String name, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** Draws a table with a heading for each column and each row. */
  static void table(Html page, List<String> columns, List<Row> rows) {
    page.line().open("div", "class", "scroll").open("table").open("tr").element("td", "");
    columns.forEach(column -> page.element("th", column, "scope", "col"));
    page.close("tr");
    for (Row row : rows) {
      page.line().open("tr").element("th", row.name(), "scope", "row");
      row.cells().forEach(cell -> page.element("td", cell));
      page.close("tr");
    }
    page.close("table").close("div");
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read from the jar", e);
    }
  }
}
