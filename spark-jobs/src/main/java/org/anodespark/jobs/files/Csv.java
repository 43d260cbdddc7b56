/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them, but for lines that end with a line feed alone. */
public final class Csv {
  private Csv() {}

  /** One line, with its end. */
  public static String line(List<?> values) {
    return values.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
  }

  /** A number as a field; nothing for what is none. */
  public static String number(Double value) {
    return value == null || !Double.isFinite(value) ? "" : String.valueOf(value);
  }

  private static String field(Object value) {
    String text = String.valueOf(value);
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
