/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.run.Versions;
import org.anodespark.jobs.train.LocalTraining;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockManagerId;

/**
 * A training as of the job {@code train}, in one thread. A task that is tried again goes on from
 * the latest checkpoint of the one before.
 */
final class ImageTraining implements CellWork {
  private static final long serialVersionUID = 1L;

  private final SparkMaster master;
  private final String sparkVersion;
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * Makes the work.
   *
   * @param master of the application
   * @param sparkVersion of the application
   * @param networks builds the network to train
   * @param statistics reads what it counted
   */
  ImageTraining(
      SparkMaster master,
      String sparkVersion,
      NetworkFactory networks,
      SolveStatisticsReader statistics) {
    this.master = master;
    this.sparkVersion = sparkVersion;
    this.networks = networks;
    this.statistics = statistics;
  }

  @Override
  public Map<String, Double> run(ResolvedSettings settings, Configuration hadoop) {
    TaskContext task = TaskContext.get();
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    JobContext context =
        new JobContext(
            "train",
            settings.settings(),
            settings.config(),
            master,
            hadoop,
            () -> {
              throw new IllegalStateException("a task cannot start Spark");
            },
            Set.of(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            false);
    return Measures.of(
        new LocalTraining(networks, statistics)
            .run(
                context,
                Versions.of(sparkVersion),
                need -> NativeMemory.ofWholeJobs(need, settings.settings().spark(), master),
                here.executorId(),
                here.host(),
                task::isInterrupted));
  }
}
