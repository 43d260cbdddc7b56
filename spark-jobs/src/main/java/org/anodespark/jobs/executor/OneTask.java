/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Jobs of Spark that are a single task: all of some work, on whatever executor is free. */
public final class OneTask {
  private final JavaSparkContext spark;
  private final TaskMemory memory;
  private final String group;

  /**
   * Makes a way to run them.
   *
   * @param memory of the tasks
   * @param group of the jobs, by which they can be cancelled
   */
  public OneTask(JavaSparkContext spark, TaskMemory memory, String group) {
    this.spark = spark;
    this.memory = memory;
    this.group = group;
  }

  /** What a task does. */
  @FunctionalInterface
  public interface Work<T> extends Serializable {
    /** Does it, on an executor; the result is sent to the driver. */
    T run();
  }

  /**
   * Runs one and waits for it.
   *
   * @param description in Spark's user interface
   * @param what the beginning of a sentence if it fails, for example "The evaluation"
   * @return what the task returned
   * @throws org.anodespark.jobs.failure.JobFailure as {@link SparkWork#run}
   */
  public <T> T run(String description, String what, Work<T> work) {
    spark.setJobGroup(group, description, true);
    try {
      return SparkWork.run(
          what,
          () ->
              // as a part of the function, not of the data, which Kryo would be given
              memory.around(spark.parallelize(List.of(0), 1)).map(any -> work.run()).first());
    } finally {
      spark.clearJobGroup();
    }
  }
}
