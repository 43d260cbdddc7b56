/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Metrics of a training in Spark's own metrics system, from which Spark's sinks send them on.
 *
 * <p>{@link org.anodespark.jobs.metrics.MetricsPlugin}, which {@code spark.plugins} names,
 * registers {@link org.anodespark.jobs.metrics.WorkerMetrics} in executors and {@link
 * org.anodespark.jobs.metrics.TrainingMetrics} in the driver; whoever trains tells those of its
 * process what it did. Without the plugin they go nowhere, which is no error.
 */
package org.anodespark.jobs.metrics;
