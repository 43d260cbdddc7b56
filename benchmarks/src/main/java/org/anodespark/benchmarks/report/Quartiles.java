/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.report;

import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.examples.report.Numbers;

/** Samples as text: the median, in brackets the quartiles. */
public final class Quartiles {
  private Quartiles() {}

  /**
   * For example {@code 1.2 (1.1 to 1.3)}.
   *
   * @param digits behind the point
   */
  public static String of(Sample sample, int digits) {
    return Numbers.fixed(sample.median(), digits)
        + " ("
        + Numbers.fixed(sample.lowerQuartile(), digits)
        + " to "
        + Numbers.fixed(sample.upperQuartile(), digits)
        + ")";
  }
}
