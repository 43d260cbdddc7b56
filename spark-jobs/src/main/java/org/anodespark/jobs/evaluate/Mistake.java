/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.util.List;

/**
 * One class that was taken for another.
 *
 * @param actual number of the right class
 * @param predicted number of the class it was taken for, another one
 * @param count of examples, at least 1
 * @param samples the first of these examples, in the order of the split
 */
public record Mistake(int actual, int predicted, long count, List<Sample> samples) {
  public Mistake {
    samples = List.copyOf(samples);
  }

  /**
   * An example that was mistaken.
   *
   * @param example its index within the split
   * @param confidence the probability of the predicted class
   */
  public record Sample(int example, double confidence) {}
}
