/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
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

  /** A task that Spark has been handed. */
  @FunctionalInterface
  public interface Started<T> {
    /**
     * Waits for it.
     *
     * @return what the task returned
     * @throws org.anodespark.jobs.failure.JobFailure as {@link SparkWork#run}
     */
    T await();
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
    return start(description, what, work).await();
  }

  /**
   * Hands one to Spark, behind those that it has been handed before.
   *
   * @param description in Spark's user interface
   * @param what the beginning of a sentence if it fails
   */
  public <T> Started<T> start(String description, String what, Work<T> work) {
    spark.setJobGroup(group, description, true);
    try {
      // work is a part of the function, not of the data, which Kryo would be given
      JavaFutureAction<List<T>> task =
          memory.around(spark.parallelize(List.of(0), 1)).map(any -> work.run()).collectAsync();
      return () -> SparkWork.run(what, () -> resultOf(task)).get(0);
    } finally {
      spark.clearJobGroup();
    }
  }

  private static <T> T resultOf(JavaFutureAction<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a task", e);
    }
  }
}
