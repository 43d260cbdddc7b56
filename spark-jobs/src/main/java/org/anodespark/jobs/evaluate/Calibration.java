/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.util.List;

/**
 * Whether probabilities mean what they say: of predictions with a confidence of 0.8, are 8 of 10
 * right?
 *
 * @param bins of equal width over (0, 1], in order
 */
public record Calibration(List<Bin> bins) {
  /** As in Guo et al., On Calibration of Modern Neural Networks, ICML 2017. */
  static final int BINS = 15;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * The predictions with a confidence in (lowest, highest].
   *
   * @param confidence their mean, NaN where there are none
   * @param accuracy the share of right ones, NaN where there are none
   */
  public record Bin(
      double lowest, double highest, long examples, double confidence, double accuracy) {}

  /**
   * The expected calibration error: the mean over all examples of the distance, in their bin,
   * between confidence and accuracy; in [0, 1].
   */
  public double error() {
    long examples = bins.stream().mapToLong(Bin::examples).sum();
    double sum = 0;
    for (Bin bin : bins) {
      if (bin.examples() > 0) {
        sum += bin.examples() * Math.abs(bin.confidence() - bin.accuracy());
      }
    }
    return sum / examples;
  }
}
