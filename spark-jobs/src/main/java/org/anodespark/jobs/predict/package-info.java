/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The job {@code predict}: classes and probabilities for images that nobody has labelled.
 *
 * <p>{@link org.anodespark.jobs.predict.PredictJob} finds the images, in files of their own or in
 * shards, and cuts them into batches; each task of Spark writes the lines of its batches into a
 * file; the driver gives the files their names and publishes them together.
 */
package org.anodespark.jobs.predict;
