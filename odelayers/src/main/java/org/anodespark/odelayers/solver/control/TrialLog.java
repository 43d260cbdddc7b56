/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;
import org.anodespark.odelayers.solver.Step;

/** The latest trials of a solve, for the message of its failure. */
final class TrialLog {
  private static final int REMEMBERED = 5;

  private final Deque<Trial> latest = new ArrayDeque<>();

  void add(Step step, double error) {
    if (latest.size() == REMEMBERED) {
      latest.removeFirst();
    }
    latest.addLast(new Trial(step, error));
  }

  /** The trials, oldest first. */
  @Override
  public String toString() {
    return latest.stream().map(Trial::toString).collect(Collectors.joining(", "));
  }

  private record Trial(Step step, double error) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "(t = %.6g, h = %.3g, error = %.3g)", step.start(), step.length(), error);
    }
  }
}
