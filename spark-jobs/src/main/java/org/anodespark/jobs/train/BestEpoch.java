/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * The epoch after which the network was most accurate.
 *
 * @param epoch from 1
 * @param accuracy on validation images, if there are any, else on test images; in [0, 1]
 * @param checkpoint number of the checkpoint after it, which is kept
 */
public record BestEpoch(int epoch, double accuracy, int checkpoint) {}
