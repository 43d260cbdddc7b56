/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.metrics;

import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the metrics of a training with Spark.
 *
 * <p>A failure is logged and otherwise ignored: Spark ends an executor whose plugin fails, and
 * starts the next one, without end.
 */
public final class MetricsPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPlugin.class);

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public void registerMetrics(String applicationId, PluginContext context) {
        register(TrainingMetrics::registerIn, context);
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> fromDriver) {
        register(WorkerMetrics::registerIn, context);
      }
    };
  }

  private static void register(Consumer<MetricRegistry> metrics, PluginContext context) {
    try {
      metrics.accept(context.metricRegistry());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The metrics of the training cannot be had from Spark", e);
    }
  }
}
