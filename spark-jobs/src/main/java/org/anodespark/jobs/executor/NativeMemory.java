/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.JobFailure;

/**
 * What a job needs of native memory, beside what {@code spark.native-mebibytes} gives it.
 *
 * <p>An executor has one task at a time. Where the driver does the executors' work, its process has
 * as many at a time as there are threads for their tasks, and the memory of all executors.
 */
public final class NativeMemory {
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;

  private final NativeMemoryNeed need;
  private final SparkSettings settings;
  private final boolean worksInDriver;
  private final int tasksAtOnce;
  private final long workNeed;
  private final long workLimit;

  /**
   * What to do about a need, in the words of the job.
   *
   * @param need after "which an executor needs with " or "which the driver needs to "
   * @param otherwise after "set it to that, or ", or empty
   */
  public record Advice(String need, String otherwise) {}

  /** That of a job whose driver hands out the work. */
  public NativeMemory(NativeMemoryNeed need, SparkSettings settings, SparkMaster master) {
    this(need, settings, master, master.worksInDriver());
  }

  private NativeMemory(
      NativeMemoryNeed need, SparkSettings settings, SparkMaster master, boolean drivesHere) {
    this.need = need;
    this.settings = settings;
    worksInDriver = master.worksInDriver();
    tasksAtOnce = worksInDriver ? Math.max(1, master.threads() / settings.coresPerExecutor()) : 1;
    workNeed =
        tasksAtOnce * (need.arrays() + need.workspaces())
            + need.process()
            + (drivesHere ? need.driver() : 0);
    workLimit = settings.driverNativeMebibytes(master) * BYTES_PER_MEBIBYTE;
  }

  /** That of tasks each of which does all the work of a job by itself, its driver's too. */
  public static NativeMemory ofWholeJobs(
      NativeMemoryNeed need, SparkSettings settings, SparkMaster master) {
    NativeMemoryNeed ofTask =
        new NativeMemoryNeed(need.arrays() + need.driver(), need.workspaces(), need.process(), 0);
    return new NativeMemory(ofTask, settings, master, false);
  }

  /** What a process that does the work needs, in MiB, rounded up. */
  public long needMebibytes() {
    return mebibytes(workNeed, 1);
  }

  /**
   * Compares what is needed with what there is.
   *
   * @param tasks of a process that runs tasks
   * @param driver of a driver that does not
   * @throws JobFailure with exit code 2 if the setting is below the need
   */
  public void requireEnough(Advice tasks, Advice driver) {
    int shares = worksInDriver ? settings.executors() : 1;
    require(
        mebibytes(workNeed, shares),
        (worksInDriver
                ? "the driver needs for its workers (%d at once) with spark.executors = %d, "
                    .formatted(tasksAtOnce, shares)
                : "an executor needs with ")
            + tasks.need(),
        tasks.otherwise());
    if (!worksInDriver) {
      require(
          settings,
          mebibytes(need.driver(), 1),
          "the driver needs to " + driver.need(),
          driver.otherwise());
    }
  }

  /**
   * Compares what a driver needs that runs no tasks with what there is.
   *
   * @param bytes its need
   * @throws JobFailure with exit code 2 if the setting is below the need
   */
  public static void requireDriver(
      long bytes, SparkSettings settings, SparkMaster master, Advice driver) {
    require(
        settings,
        mebibytes(bytes, master.worksInDriver() ? settings.executors() : 1),
        "the driver needs to " + driver.need(),
        driver.otherwise());
  }

  /** What tasks are held to whose need is known only when they run. */
  public static TaskMemory ofTasks(SparkSettings settings, SparkMaster master) {
    return new TaskMemory(settings.driverNativeMebibytes(master) * BYTES_PER_MEBIBYTE);
  }

  /** What tasks are held to. */
  public TaskMemory ofTasks() {
    return new TaskMemory(workArrayBytes());
  }

  /** Limits the arrays in this process, the driver. */
  public void limitDriver() {
    ArrayLimit.set(worksInDriver ? workArrayBytes() : workLimit);
  }

  private void require(long mebibytes, String whoNeedsThem, String otherwise) {
    require(settings, mebibytes, whoNeedsThem, otherwise);
  }

  private static void require(
      SparkSettings settings, long mebibytes, String whoNeedsThem, String otherwise) {
    int set = settings.nativeMebibytes();
    if (set < mebibytes) {
      throw JobFailure.badConfiguration(
          "spark.native-mebibytes is %d: expected at least %d, which %s; set it to that%s."
              .formatted(
                  set, mebibytes, whoNeedsThem, otherwise.isEmpty() ? "" : ", or " + otherwise));
    }
  }

  /** DL4J's workspaces are not counted with the arrays, so their share is taken off. */
  private long workArrayBytes() {
    return workLimit - tasksAtOnce * need.workspaces();
  }

  /** Rounded up. */
  private static long mebibytes(long bytes, int shares) {
    return (long) Math.ceil((double) bytes / shares / BYTES_PER_MEBIBYTE);
  }
}
