/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * What one epoch was like.
 *
 * @param epoch from 1
 * @param trainLoss see {@link Tally#trainLoss()}
 * @param testAccuracy after the epoch, over the test split, in [0, 1]
 * @param imagesPerSecond see {@link Tally#imagesPerSecond()}
 * @param seconds wall-clock time of the epoch, evaluation and checkpoint included
 */
public record EpochReport(
    int epoch, double trainLoss, double testAccuracy, double imagesPerSecond, double seconds) {}
