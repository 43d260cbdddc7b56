/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.benchmarks.problem.Precision;

/**
 * What one contender needed for one block.
 *
 * @param engine what did the work
 * @param variant in which way
 * @param work the strategy of odelayers that takes the same evaluations
 * @param precision in which numbers
 * @param operations floating-point operations that this work needs
 * @param seconds a forward and a backward pass
 * @param gigaflops billions of these operations per second
 * @param shareOfPeak the same as a share of what a matrix product reached in the same round
 * @param peakSavedBytes most bytes kept at once for the gradient; null if nobody counted
 * @param timesOurs the time as a multiple of that of odelayers with the same work, or for odelayers
 *     itself with {@code FullStorage}, in the same round; null if that was not measured
 */
public record ContenderResult(
    String engine,
    String variant,
    String work,
    Precision precision,
    long operations,
    Sample seconds,
    Sample gigaflops,
    Sample shareOfPeak,
    Long peakSavedBytes,
    Sample timesOurs) {
  private static final double GIGA = 1e9;

  /**
   * Computes rates and ratios.
   *
   * @param peak gigaflops of the matrix product
   * @param ours seconds of what this is compared with, or null
   */
  static ContenderResult of(
      String engine,
      String variant,
      String work,
      Precision precision,
      long operations,
      Sample seconds,
      Sample peak,
      Long peakSavedBytes,
      Sample ours) {
    Sample gigaflops = seconds.map(each -> operations / each / GIGA);
    return new ContenderResult(
        engine,
        variant,
        work,
        precision,
        operations,
        seconds,
        gigaflops,
        gigaflops.ratioTo(peak),
        peakSavedBytes,
        ours == null ? null : seconds.ratioTo(ours));
  }
}
