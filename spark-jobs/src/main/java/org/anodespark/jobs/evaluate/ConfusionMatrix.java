/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often which class was taken for which. Rows are the right classes, columns the predicted
 * ones.
 *
 * @param counts of examples, square
 */
public record ConfusionMatrix(List<List<Long>> counts) {
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** The number of classes. */
  public int classes() {
    return counts.size();
  }

  /** Examples of class {@code actual} that were taken for {@code predicted}. */
  public long count(int actual, int predicted) {
    return counts.get(actual).get(predicted);
  }

  /** Examples whose right class this is. */
  public long examples(int actual) {
    return counts.get(actual).stream().mapToLong(Long::longValue).sum();
  }

  /** Examples that were taken for this class. */
  public long predictions(int predicted) {
    return counts.stream().mapToLong(row -> row.get(predicted)).sum();
  }

  /** All examples. */
  public long examples() {
    return IntStream.range(0, classes()).mapToLong(this::examples).sum();
  }

  /** The share of all examples that were taken for what they are, in [0, 1]. */
  public double accuracy() {
    return (double) IntStream.range(0, classes()).mapToLong(i -> count(i, i)).sum() / examples();
  }

  /** Of what was taken for this class, the share that is; NaN if nothing was. */
  public double precision(int which) {
    return (double) count(which, which) / predictions(which);
  }

  /** Of what is of this class, the share that was taken for it; NaN if nothing is. */
  public double recall(int which) {
    return (double) count(which, which) / examples(which);
  }

  /** The harmonic mean of precision and recall; NaN if there is neither. */
  public double f1(int which) {
    return 2.0 * count(which, which) / (predictions(which) + examples(which));
  }
}
