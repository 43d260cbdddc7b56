/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.util.function.Supplier;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark when it is first asked for, once, and stops it when closed. */
final class LazySparkContext implements Supplier<JavaSparkContext>, AutoCloseable {
  private final SparkConf conf;
  private JavaSparkContext context;

  LazySparkContext(SparkConf conf) {
    this.conf = conf;
  }

  /**
   * The running context.
   *
   * @throws JobFailure exit code 3, when Spark does not start, e.g. for want of its master
   */
  @Override
  public synchronized JavaSparkContext get() {
    if (context == null) {
      try {
        context = new JavaSparkContext(conf);
      } catch (Exception e) {
        throw new JobFailure(
            ExitCode.PREFLIGHT_FAILED,
            String.format(
                "Spark did not start with master %s: %s",
                conf.get("spark.master", "(none)"), e.getMessage()),
            e);
      }
    }
    return context;
  }

  @Override
  public synchronized void close() {
    if (context != null) {
      context.close();
    }
  }
}
