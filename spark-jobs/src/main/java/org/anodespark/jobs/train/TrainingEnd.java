/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/**
 * A training at its end, or at a pause.
 *
 * @param summary what the run's summary says
 * @param topKAccuracy share of test examples with the right class among the {@code evaluate.top-k}
 *     most probable ones
 * @param seconds of all rounds, in all processes that trained one after the other
 */
public record TrainingEnd(TrainingSummary summary, double topKAccuracy, double seconds) {}
