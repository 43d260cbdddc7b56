/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.Facts;

/**
 * Holds what contenders computed against each other, so that no time is compared with that of
 * another computation. All begin with the same numbers; what they add up in another order differs
 * in the last digits of single precision.
 */
final class SameWork {
  private SameWork() {}

  /**
   * Compares norms.
   *
   * @param name of the contender
   * @param facts what it computed; norms that it does not tell are not compared
   * @param expected what odelayers computed with everything stored
   * @param tolerance relative difference that is no difference
   * @param exact whether its gradient is meant to be exact; if not, only the output is compared
   * @throws IOException if they differ
   */
  static void check(
      String name,
      Map<String, Double> facts,
      Map<String, Double> expected,
      double tolerance,
      boolean exact)
      throws IOException {
    List<String> compared =
        exact
            ? List.of(Facts.OUTPUT_NORM, Facts.INPUT_GRADIENT_NORM, Facts.WEIGHT_GRADIENT_NORM)
            : List.of(Facts.OUTPUT_NORM);
    for (String fact : compared) {
      Double value = facts.get(fact);
      double reference = expected.get(fact);
      if (value != null && !(Math.abs(value - reference) <= tolerance * reference)) {
        throw new IOException(
            name
                + " computes another block: its "
                + fact
                + " is "
                + value
                + ", that of odelayers is "
                + reference
                + "; times would not be comparable.");
      }
    }
  }
}
