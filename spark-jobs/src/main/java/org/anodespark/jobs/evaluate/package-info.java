/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * How well networks classify.
 *
 * <p>{@link org.anodespark.jobs.evaluate.Evaluator} goes over a split of the data once, on the
 * executors, and gives a {@link org.anodespark.jobs.evaluate.Classification}: accuracies, the
 * {@link org.anodespark.jobs.evaluate.ConfusionMatrix} with everything that follows from it for
 * single classes, likelihood and {@link org.anodespark.jobs.evaluate.Calibration}. A training asks
 * for it after each epoch; {@link org.anodespark.jobs.evaluate.EvaluateJob}, the job {@code
 * evaluate}, asks for it once and writes all of it down.
 *
 * <p>A classification tells the commonest {@link org.anodespark.jobs.evaluate.Mistake}s with their
 * first examples. {@link org.anodespark.jobs.evaluate.MistakeImages} reads their images, as the
 * shards hold them, and {@link org.anodespark.jobs.evaluate.EvaluationFiles} puts them beside
 * {@code evaluation.json} for the page of the run.
 */
package org.anodespark.jobs.evaluate;
