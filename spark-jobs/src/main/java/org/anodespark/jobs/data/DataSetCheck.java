/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;

/** Has all shards of a data set read again, one Spark task for each. */
final class DataSetCheck {
  private final Manifest manifest;
  private final Path dataPath;
  private final Configuration hadoop;

  /**
   * Reads nothing yet.
   *
   * @param dataPath folder of the shards
   */
  DataSetCheck(Manifest manifest, Path dataPath, Configuration hadoop) {
    this.manifest = manifest;
    this.dataPath = dataPath;
    this.hadoop = hadoop;
  }

  /** A shard to read. */
  private record Order(SplitName split, Manifest.Shard shard) implements java.io.Serializable {}

  /**
   * Reads every shard.
   *
   * @throws JobFailure exit code 3, if the file system fails; 5 if Spark gave up; whatever is wrong
   *     with the shards is in the result
   */
  DataSetFindings read(JavaSparkContext spark) {
    List<Order> orders = new ArrayList<>();
    for (SplitName split : manifest.splits()) {
      manifest.split(split).shards().forEach(shard -> orders.add(new Order(split, shard)));
    }
    try {
      Path qualified = HadoopPaths.fileSystem(dataPath, hadoop).makeQualified(dataPath);
      ShardInspector inspector = new ShardInspector(manifest.layout(), qualified, hadoop);
      return new DataSetFindings(
          manifest, dataPath, SparkWork.run("The check", () -> inspect(spark, orders, inspector)));
    } catch (IOException e) {
      throw unreachable(e, e);
    }
  }

  /**
   * Spark adds what an accumulator gets from a task once, however often it was tried. Its values
   * travel by Java's serialisation, which knows records; the results of tasks go through Kryo.
   */
  private List<ShardFindings> inspect(
      JavaSparkContext spark, List<Order> orders, ShardInspector inspector) {
    CollectionAccumulator<ShardFindings> findings = spark.sc().collectionAccumulator();
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < orders.size(); number++) {
      numbers.add(number);
    }
    spark.setJobGroup("check", "check the shards in " + dataPath, true);
    try {
      spark
          .parallelize(numbers, numbers.size())
          .foreach(
              number -> {
                Order order = orders.get(number);
                findings.add(inspector.inspect(order.split(), order.shard()));
              });
      return findings.value();
    } catch (Exception e) {
      // Spark throws checked exceptions that its Java interface does not declare
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException failing) {
          throw unreachable(failing, e);
        }
      }
      throw e;
    } finally {
      spark.clearJobGroup();
    }
  }

  private JobFailure unreachable(IOException reason, Exception cause) {
    return new JobFailure(
        ExitCode.PREFLIGHT_FAILED,
        String.format(
            "The shards in %s could not be read (%s): see that their file system is reachable and"
                + " whole, and check again.",
            dataPath, Reason.of(reason)),
        cause);
  }
}
