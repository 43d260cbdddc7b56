/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import org.anodespark.jobs.metrics.MetricsPlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark inside the test's process, with the serialiser and the plugin of the real thing. */
public final class LocalSpark {
  private LocalSpark() {}

  /**
   * Starts Spark; there can be one at a time.
   *
   * @param master for example {@code local[4,2]}: 4 threads, and a task is tried twice
   */
  public static JavaSparkContext start(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.plugins", MetricsPlugin.class.getName())
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator"));
  }
}
