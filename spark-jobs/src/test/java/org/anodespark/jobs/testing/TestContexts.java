/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.job.JobContext;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Contexts of jobs whose output tests can read. */
public final class TestContexts {
  private TestContexts() {}

  /** A context without Spark. */
  public static JobContext of(Settings settings) {
    return of(settings, null, new ByteArrayOutputStream());
  }

  public static JobContext of(
      Settings settings, JavaSparkContext spark, ByteArrayOutputStream out) {
    return of("train", settings, new Configuration(), spark, out);
  }

  /** The context of any job. */
  public static JobContext of(
      String name,
      Settings settings,
      Configuration hadoop,
      JavaSparkContext spark,
      ByteArrayOutputStream out) {
    return new JobContext(
        name,
        settings,
        TestSettings.resolved(),
        new SparkMaster(spark == null ? "" : spark.sc().master()),
        hadoop,
        () -> spark,
        Set.of(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        false);
  }
}
