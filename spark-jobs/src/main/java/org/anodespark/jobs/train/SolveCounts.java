/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.apache.spark.util.AccumulatorV2;

/**
 * Adds up, for Spark's user interface, what the ODE blocks of a round counted: for each stage and
 * for each of its tasks a line per block.
 */
final class SolveCounts extends AccumulatorV2<Map<String, SolveStatistics>, String> {
  /** What the user interface calls it. */
  static final String NAME = "ODE blocks";

  private static final long serialVersionUID = 1L;

  private final SortedMap<String, SolveStatistics> blocks = new TreeMap<>();

  @Override
  public boolean isZero() {
    return blocks.isEmpty();
  }

  @Override
  public SolveCounts copy() {
    SolveCounts copy = new SolveCounts();
    copy.add(blocks);
    return copy;
  }

  @Override
  public void reset() {
    blocks.clear();
  }

  @Override
  public void add(Map<String, SolveStatistics> update) {
    update.forEach((block, counts) -> blocks.merge(block, counts, SolveStatistics::plus));
  }

  @Override
  public void merge(AccumulatorV2<Map<String, SolveStatistics>, String> other) {
    add(((SolveCounts) other).blocks);
  }

  @Override
  public String value() {
    return blocks.entrySet().stream()
        .map(block -> block.getKey() + ": " + text(block.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String text(SolveStatistics counts) {
    return String.format(
        Locale.ROOT,
        "%,d evaluations, %,d again, %,d steps, %,d rejected",
        counts.forwardEvaluations(),
        counts.recomputedEvaluations(),
        counts.acceptedSteps(),
        counts.rejectedSteps());
  }
}
