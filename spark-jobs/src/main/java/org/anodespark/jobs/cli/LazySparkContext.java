/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
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

  private final SparkConf conf;
  private final Path sparkHome;
  private JavaSparkContext context;
  private boolean closed;

  /**
   * @param sparkHome the folder of the Spark that runs this process
   */
  LazySparkContext(SparkConf conf, Path sparkHome) {
    this.conf = conf;
    this.sparkHome = sparkHome;
  }

  /**
   * The running context.
   *
   * @throws JobFailure exit code 3, when Spark does not start, e.g. for want of its master
   */
  @Override
  public synchronized JavaSparkContext get() {
    if (context == null) {
      context = start();
      ShutdownHookManager.get().addShutdownHook(this::close, SHUTDOWN_PRIORITY);
    }
    return context;
  }

  private JavaSparkContext start() {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          String.format(
              "Spark did not start with master %s: %s",
              conf.get("spark.master", "(none)"), e.getMessage()),
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
