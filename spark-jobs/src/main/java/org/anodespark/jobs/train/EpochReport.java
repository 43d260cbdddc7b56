/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * What one epoch was like.
 *
 * @param epoch from 1
 * @param trainLoss see {@link Tally#trainLoss()}
 * @param testAccuracy after the epoch, over the test split, in [0, 1]
 * @param validationAccuracy after the epoch, over the validation split, in [0, 1]; null if there is
 *     none
 * @param imagesPerSecond see {@link Tally#imagesPerSecond()}
 * @param seconds wall-clock time of the epoch, evaluation and checkpoint included
 */
public record EpochReport(
    int epoch,
    double trainLoss,
    double testAccuracy,
    Double validationAccuracy,
    double imagesPerSecond,
    double seconds) {
  /** The accuracy that decides which epoch is best: on validation images if there are any. */
  double decidingAccuracy() {
    return validationAccuracy == null ? testAccuracy : validationAccuracy;
  }
}
