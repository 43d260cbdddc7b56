/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.metrics;

/**
 * What {@link TrainingMetrics} tell of a round.
 *
 * @param examples trained
 * @param evaluations how often minibatches went through the dynamics of an ODE block
 * @param rejectedSteps that step control threw away
 * @param imagesPerSecond by the wall clock
 * @param overheadFraction share of the time in which workers did not compute, in [0, 1)
 * @param trainLoss mean over the examples
 * @param learningRate of the last update; NaN if there is none
 * @param peakMemoryBytes of the executor with most
 */
public record RoundFigures(
    long examples,
    long evaluations,
    long rejectedSteps,
    double imagesPerSecond,
    double overheadFraction,
    double trainLoss,
    double learningRate,
    long peakMemoryBytes) {
  /** Before the first round. */
  static final RoundFigures NONE = new RoundFigures(0, 0, 0, 0, 0, Double.NaN, Double.NaN, 0);
}
