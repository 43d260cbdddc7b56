/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant by a mistyped name. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name nearest to the typed one, or nothing when all are far away.
   *
   * <p>Names may be dotted paths: a right last element in a wrong or missing section counts as
   * near. Of equally near names the first one wins.
   */
  public static Optional<String> of(String typed, Collection<String> known) {
    int tolerance = Math.max(2, lastElement(typed).length() / 3);
    return known.stream()
        .filter(name -> distance(typed, name) <= tolerance)
        .min(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparingInt(name -> editDistance(typed, name)));
  }

  private static int distance(String typed, String name) {
    int inAnotherSection = 1;
    return Math.min(
        editDistance(typed, name),
        editDistance(lastElement(typed), lastElement(name)) + inAnotherSection);
  }

  private static String lastElement(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The Levenshtein distance: insertions, deletions and replacements of one character. */
  private static int editDistance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced =
            previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
