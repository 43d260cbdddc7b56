/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Trains a problem and measures what came of it. */
public final class SeriesTraining {
  private static final double NANOSECONDS = 1e9;

  /** Predictions before the first one that is timed. */
  private static final int WARM_UP = 2;

  /** Predictions that are timed, an odd number. */
  private static final int TIMED = 7;

  private SeriesTraining() {}

  /**
   * Trains.
   *
   * @param problem as its data and weights are at the start
   * @param iterations updates, at least 1
   * @param progress is told of each update
   * @throws IllegalArgumentException if there are no iterations
   */
  public static SeriesResult run(SeriesProblem problem, int iterations, ProgressListener progress) {
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations = " + iterations + ", expected at least 1.");
    }
    List<Double> losses = new ArrayList<>(iterations);
    long trainingTime = 0;
    for (int iteration = 0; iteration < iterations; iteration++) {
      long start = System.nanoTime();
      double loss = problem.update(iteration);
      trainingTime += System.nanoTime() - start;
      losses.add(loss);
      progress.updated(iteration, loss);
    }
    double evaluations = problem.predict();
    return new SeriesResult(
        problem.testLoss(),
        evaluations,
        predictionTime(problem) / NANOSECONDS,
        trainingTime / NANOSECONDS,
        losses);
  }

  private static long predictionTime(SeriesProblem problem) {
    long[] times = new long[TIMED];
    for (int i = -WARM_UP; i < TIMED; i++) {
      long start = System.nanoTime();
      problem.predict();
      times[Math.max(i, 0)] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times[TIMED / 2];
  }
}
