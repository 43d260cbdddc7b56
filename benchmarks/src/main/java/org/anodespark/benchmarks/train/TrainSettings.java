/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import org.anodespark.benchmarks.measurement.InterleavedRounds;
import org.anodespark.benchmarks.problem.TrainProblem;

/**
 * What is measured.
 *
 * @param problem the network
 * @param threads of OpenMP in a single process, and executors of one thread each on Spark; at least
 *     1
 * @param rounds how often single processes are measured
 * @param spark the trainings on Spark
 */
public record TrainSettings(
    TrainProblem problem, int threads, InterleavedRounds rounds, SparkSettings spark) {
  /**
   * Checks what the parts do not check.
   *
   * @throws IllegalArgumentException if the job {@code train} has no such network
   */
  public TrainSettings {
    if (spark.rounds() > 0 && problem.widths().size() != 3) {
      throw new IllegalArgumentException(
          "widths = "
              + problem.widths()
              + ", expected 3 of them on Spark; give --spark-rounds=0 for others.");
    }
  }
}
