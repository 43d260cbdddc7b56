/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;

/**
 * What the workers in this process have done: all of it, tasks that failed later or ran twice
 * included. Names begin with {@code worker.}.
 */
public final class WorkerMetrics {
  private static volatile WorkerMetrics ofThisProcess = new WorkerMetrics(new MetricRegistry());

  private final Meter examples;
  private final Counter updates;
  private final Counter evaluations;
  private final Counter rejectedSteps;
  private volatile long residentBytes;
  private volatile String kernels = "";

  private WorkerMetrics(MetricRegistry registry) {
    examples = registry.meter("worker.examples");
    updates = registry.counter("worker.updates");
    evaluations = registry.counter("worker.evaluations");
    rejectedSteps = registry.counter("worker.rejectedSteps");
    registry.register("worker.residentBytes", (Gauge<Long>) () -> residentBytes);
    registry.register("worker.kernels", (Gauge<String>) () -> kernels);
  }

  /** From now on, those of this process are in a registry. */
  static void registerIn(MetricRegistry registry) {
    ofThisProcess = new WorkerMetrics(registry);
  }

  /** Those that the workers in this process add to. */
  public static WorkerMetrics ofThisProcess() {
    return ofThisProcess;
  }

  /**
   * Adds a parameter update.
   *
   * @param trained examples of its minibatch
   * @param evaluated how often the minibatch went through the dynamics of an ODE block
   * @param rejected steps that step control threw away
   * @param resident memory of this process after it, in bytes, native memory included
   * @param computedWith the kernels
   */
  public void updated(
      long trained, long evaluated, long rejected, long resident, String computedWith) {
    examples.mark(trained);
    updates.inc();
    evaluations.inc(evaluated);
    rejectedSteps.inc(rejected);
    residentBytes = resident;
    kernels = computedWith;
  }
}
