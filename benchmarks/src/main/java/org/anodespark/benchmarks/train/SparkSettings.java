/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import java.nio.file.Path;
import org.anodespark.examples.program.Require;

/**
 * Trainings on Spark.
 *
 * @param rounds how many; 0 for none
 * @param epochs of each, at least 1
 * @param images to draw for the data set, at least 1; not used if there is one
 * @param data folder of shards, or null to draw images
 */
public record SparkSettings(int rounds, int epochs, int images, Path data) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range, naming it
   */
  public SparkSettings {
    Require.atLeast(0, rounds, "spark-rounds");
    Require.atLeast(1, epochs, "epochs");
    Require.atLeast(1, images, "images");
  }
}
