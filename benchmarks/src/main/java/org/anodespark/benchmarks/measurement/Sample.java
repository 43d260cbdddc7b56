/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.measurement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * One number per round.
 *
 * @param values in the order of the rounds, at least one
 */
public record Sample(List<Double> values) {
  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Sample {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A sample of no values, expected at least one.");
    }
  }

  /** The middle value, or the mean of the middle two. */
  @JsonProperty
  public double median() {
    return percentile(50);
  }

  /** A quarter of the values are below; interpolated linearly between two values. */
  @JsonProperty
  public double lowerQuartile() {
    return percentile(25);
  }

  /** A quarter of the values are above; interpolated linearly between two values. */
  @JsonProperty
  public double upperQuartile() {
    return percentile(75);
  }

  private double percentile(double share) {
    return new Percentile()
        .withEstimationType(EstimationType.R_7)
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray(), share);
  }

  /** The same function of every value. */
  public Sample map(DoubleUnaryOperator function) {
    return new Sample(values.stream().map(function::applyAsDouble).toList());
  }

  /**
   * The ratios round by round, so that a slow moment of the machine, which meets both samples,
   * falls out. Their median is in general not the ratio of the medians.
   *
   * @throws IllegalArgumentException if the other sample has more or fewer rounds
   */
  public Sample ratioTo(Sample other) {
    if (other.values.size() != values.size()) {
      throw new IllegalArgumentException(
          "A ratio of "
              + values.size()
              + " values to "
              + other.values.size()
              + ": expected both from the same rounds.");
    }
    return new Sample(
        IntStream.range(0, values.size())
            .mapToObj(round -> values.get(round) / other.values.get(round))
            .toList());
  }
}
