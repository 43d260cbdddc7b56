/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import com.typesafe.config.ConfigRenderOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
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
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains one cell, in a task of Spark. A task that is tried again goes on from the latest
 * checkpoint of the one before.
 */
final class CellTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Cell cell;
  private final String settings;
  private final SparkMaster master;
  private final String sparkVersion;
  private final SerializableConfiguration hadoop;
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * Makes a task.
   *
   * @param master of the application
   * @param sparkVersion of the application
   * @param networks builds the network to train
   * @param statistics reads what it counted
   */
  CellTask(
      PlannedCell planned,
      SparkMaster master,
      String sparkVersion,
      Configuration hadoop,
      NetworkFactory networks,
      SolveStatisticsReader statistics) {
    this.cell = planned.cell();
    this.settings = planned.settings().config().root().render(ConfigRenderOptions.concise());
    this.master = master;
    this.sparkVersion = sparkVersion;
    this.hadoop = new SerializableConfiguration(hadoop);
    this.networks = networks;
    this.statistics = statistics;
  }

  /**
   * Trains and writes the result.
   *
   * @throws org.anodespark.jobs.failure.JobFailure as the job {@code train} does
   */
  void run() {
    TaskContext task = TaskContext.get();
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    ResolvedSettings resolved = SettingsLoader.parse(settings);
    JobContext context =
        new JobContext(
            "train",
            resolved.settings(),
            resolved.config(),
            master,
            hadoop.value(),
            () -> {
              throw new IllegalStateException("a task cannot start Spark");
            },
            Set.of(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            false);
    LocalTraining.Outcome outcome =
        new LocalTraining(networks, statistics)
            .run(
                context,
                Versions.of(sparkVersion),
                need -> NativeMemory.ofWholeJobs(need, resolved.settings().spark(), master),
                here.executorId(),
                here.host(),
                task::isInterrupted);
    ResultFile.write(
        hadoop.value(), resolved.settings().run().dir(), CellResult.of(cell, Measures.of(outcome)));
  }
}
