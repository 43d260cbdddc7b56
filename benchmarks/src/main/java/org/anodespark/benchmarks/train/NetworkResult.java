/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import org.anodespark.benchmarks.measurement.Sample;

/**
 * One network in one process.
 *
 * @param engine what did the work
 * @param variant in which way
 * @param parameters trainable numbers
 * @param imagesPerSecond trained
 * @param timesOurs the time as a multiple of that of the first network, in the same round
 */
public record NetworkResult(
    String engine, String variant, long parameters, Sample imagesPerSecond, Sample timesOurs) {}
