/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import org.anodespark.benchmarks.measurement.Sample;

/**
 * Trainings on Spark beside trainings without.
 *
 * @param executors of one thread each
 * @param imagesPerSecond on Spark
 * @param overheadFraction share of the executors' time in which they did not compute
 * @param plainImagesPerSecond in one process with as many threads as there are executors
 * @param ratio the first rate as a multiple of the second one, in the same round
 */
public record SparkResult(
    int executors,
    Sample imagesPerSecond,
    Sample overheadFraction,
    Sample plainImagesPerSecond,
    Sample ratio) {}
