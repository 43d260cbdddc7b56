/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * Times of one round on the driver, by the wall clock.
 *
 * @param seconds of the whole round
 * @param broadcastSeconds to make the parameters ready for the executors, before any worker starts
 * @param averagingSeconds from the last result of a worker to the new parameters
 */
record RoundTimes(double seconds, double broadcastSeconds, double averagingSeconds) {}
