/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read from the jar", e);
    }
  }
}
