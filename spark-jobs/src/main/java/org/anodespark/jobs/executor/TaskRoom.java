/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import org.anodespark.jobs.config.SparkMaster;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks the executors that are there now can do at once. */
public final class TaskRoom {
  private final JavaSparkContext spark;
  private final int cpusOfTask;
  private final int coresOfExecutor;

  /** Room on the executors of a context. */
  public TaskRoom(JavaSparkContext spark) {
    this.spark = spark;
    cpusOfTask = spark.getConf().getInt("spark.task.cpus", 1);
    coresOfExecutor = spark.getConf().getInt("spark.executor.cores", 1);
  }

  /** At least 1: a task may wait for an executor. */
  public int now() {
    SparkMaster master = new SparkMaster(spark.master());
    if (master.worksInDriver()) {
      return Math.max(1, master.threads() / cpusOfTask);
    }
    // Spark counts the driver, too
    int executors = spark.sc().statusTracker().getExecutorInfos().length - 1;
    return Math.max(1, executors * tasksAtOnce());
  }

  private int tasksAtOnce() {
    boolean onGpu = !spark.getConf().get("spark.task.resource.gpu.amount", "").isEmpty();
    return onGpu ? 1 : Math.max(1, coresOfExecutor / cpusOfTask);
  }
}
