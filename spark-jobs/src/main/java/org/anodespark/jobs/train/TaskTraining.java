/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.Versions;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockManagerId;

/**
 * A {@link LocalTraining} in a task of Spark. A task that is tried again goes on from the latest
 * checkpoint of the one before.
 */
public final class TaskTraining implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SparkMaster master;
  private final String sparkVersion;
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;
  private final Set<String> allowedChanges;

  /**
   * Makes one.
   *
   * @param master of the application
   * @param sparkVersion of the application
   * @param networks builds the network to train
   * @param statistics reads what it counted
   * @param allowedChanges settings, by key, that may differ from those of a training to be
   *     continued
   */
  public TaskTraining(
      SparkMaster master,
      String sparkVersion,
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      Set<String> allowedChanges) {
    this.master = master;
    this.sparkVersion = sparkVersion;
    this.networks = networks;
    this.statistics = statistics;
    this.allowedChanges = new HashSet<>(allowedChanges);
  }

  /**
   * Trains, or goes on from the latest checkpoint; called in a task.
   *
   * @param settings of a job {@code train} that does the same
   * @param hadoop where file systems are configured
   * @param pauseAfter the epoch after which to pause, if the training is not over by then
   * @throws org.anodespark.jobs.failure.JobFailure as the job {@code train} does
   */
  public LocalTraining.Outcome run(
      ResolvedSettings settings, Configuration hadoop, int pauseAfter) {
    TaskContext task = TaskContext.get();
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    JobContext context =
        JobContext.ofPart(
            settings,
            master,
            hadoop,
            () -> {
              throw new IllegalStateException("a task cannot start Spark");
            },
            allowedChanges);
    return new LocalTraining(networks, statistics)
        .run(
            pauseAfter,
            context,
            Versions.of(sparkVersion),
            need -> NativeMemory.ofWholeJobs(need, settings.settings().spark(), master),
            here.executorId(),
            here.host(),
            task::isInterrupted);
  }
}
