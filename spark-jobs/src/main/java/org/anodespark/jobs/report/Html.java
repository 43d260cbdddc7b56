/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.Locale;

/** Text of HTML or SVG that grows. All that is not a tag is escaped. */
final class Html {
  private final StringBuilder written = new StringBuilder();

  /**
   * Begins an element.
   *
   * @param tag a name, trusted
   * @param attributes names, trusted, and values in turn
   */
  Html open(String tag, Object... attributes) {
    written.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      written
          .append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escaped(String.valueOf(attributes[i + 1])))
          .append('"');
    }
    written.append('>');
    return this;
  }

  /** Ends an element. */
  Html close(String tag) {
    written.append("</").append(tag).append('>');
    return this;
  }

  /** Writes text. */
  Html text(String text) {
    written.append(escaped(text));
    return this;
  }

  /** Writes an element that holds text. */
  Html element(String tag, String text, Object... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Begins a new line of the file. */
  Html line() {
    written.append('\n');
    return this;
  }

  /** Writes what is ours, as it is. */
  Html trusted(String markup) {
    written.append(markup);
    return this;
  }

  /** A place in a drawing, as an attribute says it. */
  static String pixels(double position) {
    return String.format(Locale.ROOT, "%.1f", position);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return written.toString();
  }
}
