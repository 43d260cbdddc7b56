/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What Spark tasks with networks in them share, whatever they do with them.
 *
 * <p>A {@link org.anodespark.jobs.executor.SentNetwork} goes from the driver to the executors,
 * where each task opens it. {@link org.anodespark.jobs.executor.TaskMemory} limits the native
 * memory that a task takes and frees it afterwards; how much a job needs is a {@link
 * org.anodespark.jobs.executor.NativeMemoryNeed}, which {@link
 * org.anodespark.jobs.executor.NativeMemory} compares with the settings before Spark starts. Jobs
 * that only predict compute theirs with {@link org.anodespark.jobs.executor.PredictionMemory}.
 * {@link org.anodespark.jobs.executor.SparkWork} tells of what failed in a task: a failure with a
 * sentence of its own, a solve that {@linkplain org.anodespark.jobs.executor.Divergence ran away},
 * arrays beyond their {@linkplain org.anodespark.jobs.executor.ArrayLimit limit}.
 *
 * <p>{@link org.anodespark.jobs.executor.ComputeBackend} tells, before anything else uses ND4J,
 * whether it is able to compute: where a jar for CUDA meets a machine without a GPU, it is not.
 *
 * <p>With {@code spark.gpu} the {@link org.anodespark.jobs.executor.GpuPlugin} lets each task
 * compute on the GPU that Spark assigned to it; {@link org.anodespark.jobs.executor.TaskDevice}
 * names it.
 */
package org.anodespark.jobs.executor;
