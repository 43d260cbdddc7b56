/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The program {@code train}: how many images per second a whole network trains on, in odelayers and
 * in Deeplearning4j's own layers ({@link org.anodespark.benchmarks.train.NetworkComparison}), and
 * by the job {@code train} on Spark beside one process without Spark ({@link
 * org.anodespark.benchmarks.train.SparkComparison}). {@link
 * org.anodespark.benchmarks.train.TrainReport} writes what came out.
 */
package org.anodespark.benchmarks.train;
