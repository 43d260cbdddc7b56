/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.builtin;

import java.util.SplittableRandom;

/**
 * Random numbers whose values are part of the built-in data set's definition. Only {@link
 * SplittableRandom#nextLong()} is taken from the Java library; everything else is arithmetic of our
 * own, which no later Java release changes.
 */
final class ReproducibleRandom {
  /** Standard deviation of the sum of four independent uniform 16-bit numbers: 2 · 65536 / √12. */
  private static final double DEVIATION_OF_SUM = 37837.22739;

  private static final double MEAN_OF_SUM = 2 * 65535.0;

  private final SplittableRandom bits;

  ReproducibleRandom(long seed) {
    this.bits = new SplittableRandom(seed);
  }

  /** A whole number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) (((bits.nextLong() >>> 32) * bound) >>> 32);
  }

  /** A number in [{@code low}, {@code high}). */
  double between(double low, double high) {
    return low + (high - low) * ((bits.nextLong() >>> 11) * 0x1p-53);
  }

  /**
   * A nearly normal number with mean 0 and standard deviation 1, from -3.5 to 3.5: the sum of four
   * uniform ones.
   */
  double normal() {
    long word = bits.nextLong();
    long sum =
        (word & 0xFFFF) + ((word >>> 16) & 0xFFFF) + ((word >>> 32) & 0xFFFF) + (word >>> 48);
    return (sum - MEAN_OF_SUM) / DEVIATION_OF_SUM;
  }
}
