/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Starts Spark when it is first asked for, once, and stops it when closed or when the process ends.
 */
final class LazySparkContext implements Supplier<JavaSparkContext>, AutoCloseable {
  /**
   * Above Spark's own (40): the executors of a local cluster are to end with their application.
   * Killed before it they would be replaced, again and again until the process is gone.
   */
  private static final int SHUTDOWN_PRIORITY = 100;

  private static final long MILLISECONDS_BETWEEN_LOOKS = 200;

  private final SparkConf conf;
  private final Path sparkHome;
  private final SparkSettings settings;
  private JavaSparkContext context;
  private boolean closed;

  /**
   * @param sparkHome the folder of the Spark that runs this process
   * @param settings what executors are to be like
   */
  LazySparkContext(SparkConf conf, Path sparkHome, SparkSettings settings) {
    this.conf = conf;
    this.sparkHome = sparkHome;
    this.settings = settings;
  }

  /**
   * The running context.
   *
   * @throws JobFailure exit code 3, when Spark does not start, e.g. for want of its master, or no
   *     executor registers in time
   */
  @Override
  public synchronized JavaSparkContext get() {
    if (context == null) {
      long started = System.nanoTime();
      context = start();
      ShutdownHookManager.get().addShutdownHook(this::close, SHUTDOWN_PRIORITY);
      if (!new SparkMaster(context.master()).worksInDriver()
          && !conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
        awaitExecutor(started + TimeUnit.SECONDS.toNanos(settings.registrationSeconds()));
      }
    }
    return context;
  }

  private synchronized void awaitExecutor(long deadline) {
    while (!closed && !context.sc().isStopped() && !anExecutorIsThere()) {
      if (System.nanoTime() > deadline) {
        throw new JobFailure(
            ExitCode.PREFLIGHT_FAILED,
            "No executor has registered with %s within %d s: see that the cluster has as much free as one executor asks for (%d cores, %d MiB of heap%s) and that its machines reach this one, or set spark.registration-seconds higher."
                .formatted(
                    context.master(),
                    settings.registrationSeconds(),
                    settings.coresPerExecutor(),
                    settings.executorHeapMebibytes(),
                    settings.gpu() ? ", a GPU" : ""));
      }
      try {
        // lets a signal close the context meanwhile
        wait(MILLISECONDS_BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Spark counts the driver, too. */
  private boolean anExecutorIsThere() {
    return context.sc().statusTracker().getExecutorInfos().length > 1;
  }

  private JavaSparkContext start() {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          String.format(
              "Spark did not start with master %s (%s): see that the master is there and what spark.* asks of it.",
              conf.get("spark.master", "(none)"), Reason.of(e)),
          e);
    }
  }

  /**
   * Whether Spark has stopped of its own accord, e.g. because its master went away or was never
   * there.
   */
  synchronized boolean lost() {
    return context != null && !closed && context.sc().isStopped();
  }

  /** Stops Spark if it runs. */
  @Override
  public synchronized void close() {
    if (context == null || closed) {
      return;
    }
    closed = true;
    String applicationId = context.sc().applicationId();
    context.close();
    if (new SparkMaster(context.master()).isLocalCluster()) {
      ExecutorFolders.deleteJars(sparkHome, applicationId);
    }
  }
}
