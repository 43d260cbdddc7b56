/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import java.util.Locale;

/** Numbers as text, the same in every country. */
public final class Numbers {
  private Numbers() {}

  /** Three significant digits. */
  public static String significant(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** Three digits and a power of ten. */
  public static String scientific(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }

  /** A fixed number of digits behind the point. */
  public static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
