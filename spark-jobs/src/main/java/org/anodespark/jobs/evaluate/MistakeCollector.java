/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the first examples of each mistake, so that those of the commonest ones are there when all
 * examples have been seen. It keeps no more of them than the report shows.
 */
final class MistakeCollector {
  /** Mistakes of which samples are shown. */
  static final int MOST_MISTAKES = 6;

  /** Samples of one mistake. */
  static final int MOST_SAMPLES = 8;

  private final Map<Cell, List<Mistake.Sample>> samples = new HashMap<>();

  /** A cell of the confusion matrix. */
  private record Cell(int actual, int predicted) {}

  /**
   * Takes the next example, right or wrong.
   *
   * @param example its index, above those before
   */
  void add(int example, int actual, int predicted, double confidence) {
    if (actual == predicted) {
      return;
    }
    List<Mistake.Sample> ofCell =
        samples.computeIfAbsent(new Cell(actual, predicted), cell -> new ArrayList<>());
    if (ofCell.size() < MOST_SAMPLES) {
      ofCell.add(new Mistake.Sample(example, confidence));
    }
  }

  /**
   * The commonest first; of equally common ones first that of the class with the lower number.
   *
   * @param confusion of the same examples
   */
  List<Mistake> commonest(ConfusionMatrix confusion) {
    return samples.entrySet().stream()
        .map(
            entry -> {
              Cell cell = entry.getKey();
              long count = confusion.count(cell.actual(), cell.predicted());
              return new Mistake(cell.actual(), cell.predicted(), count, entry.getValue());
            })
        .sorted(
            Comparator.comparingLong(Mistake::count)
                .reversed()
                .thenComparingInt(Mistake::actual)
                .thenComparingInt(Mistake::predicted))
        .limit(MOST_MISTAKES)
        .toList();
  }
}
