/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pins the thread of each task to the GPU that Spark assigned to it: Spark only assigns, and ND4J
 * on its own goes through all devices in turn.
 *
 * <p>Nothing is done, so nothing can fail, when an executor starts: an executor whose plugin throws
 * there dies and is replaced, for ever.
 */
public final class GpuPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(GpuPlugin.class);

  /** Called by Spark. */
  public GpuPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new PinningPlugin();
  }

  private static final class PinningPlugin implements ExecutorPlugin {
    @Override
    public void onTaskStart() {
      // otherwise the task itself says what is wrong
      if (ComputeBackend.problem().isPresent()) {
        return;
      }
      try {
        TaskDevice.pin();
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("The task is left on the device that ND4J gives it", e);
      }
    }
  }
}
