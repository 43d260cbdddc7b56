/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.executor.ComputeBackend;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * The second process of a run, started by spark-submit with the arguments that {@link Launcher}
 * wrote: runs one job and ends the process with the job's exit status.
 *
 * <p>A {@link JobFailure} is shown as one line; anything else that is thrown is a defect of ours,
 * shown with its stack trace, exit status {@value #DEFECT}.
 */
public final class Driver {
  /** What Java itself exits with after an uncaught exception. */
  static final int DEFECT = 1;

  private static final String HADOOP_PREFIX = "spark.hadoop.";

  private final JobRegistry jobs;
  private final SparkConf sparkConf;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param sparkConf where to start Spark
   * @param environment {@code SPARK_HOME}, and {@code ANODE_SPARK_TERMINAL}, which is {@code true}
   *     when {@code out} is a terminal
   */
  public Driver(
      JobRegistry jobs,
      SparkConf sparkConf,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    this.jobs = jobs;
    this.sparkConf = sparkConf;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  /** Called by spark-submit. */
  public static void main(String[] arguments) {
    Driver driver =
        new Driver(
            JobRegistry.standard(), new SparkConf(), System.getenv(), System.out, System.err);
    int status = driver.run(List.of(arguments));
    // YARN takes an exit of its own driver for a failure, whatever the status is
    if (status != ExitCode.DONE.code() || !driver.runsOnCluster()) {
      System.exit(status);
    }
  }

  private boolean runsOnCluster() {
    return sparkConf.get("spark.submit.deployMode", "client").equals("cluster");
  }

  /** Runs a job to its end, stops Spark and returns the exit status. */
  public int run(List<String> arguments) {
    try {
      runJob(JobOptions.parse(new JobOptions(), arguments));
      return ExitCode.DONE.code();
    } catch (JobFailure failure) {
      return FailureLine.print(failure, err);
    } catch (Throwable defect) {
      if (stopping()) {
        FailureLine.print("Stopped by a signal.", err);
        return ExitCode.STOPPED.code();
      }
      defect.printStackTrace(err);
      FailureLine.print(
          "This is a defect of anode-spark, not of what you typed: please report the lines above.",
          err);
      return DEFECT;
    }
  }

  private void runJob(JobOptions options) {
    JobName name = options.job();
    ResolvedSettings resolved = SettingsLoader.loadWithoutSecrets(options.sources());
    refuseMissingPaths(resolved.settings());
    if (name.computes()) {
      ComputeBackend.require();
    }
    try (LazySparkContext spark =
        new LazySparkContext(sparkConf, sparkHome(), resolved.settings().spark())) {
      JobContext context =
          new JobContext(
              name.typed(),
              resolved.settings(),
              resolved.config(),
              new SparkMaster(sparkConf.get("spark.master", "")),
              hadoopConfiguration(),
              spark,
              Set.copyOf(options.allowedChanges()),
              out,
              Boolean.parseBoolean(environment.get("ANODE_SPARK_TERMINAL")));
      try {
        jobs.create(name).run(context);
      } catch (RuntimeException e) {
        throw spark.lost() ? sparkIsLost(e) : e;
      }
    }
  }

  private JobFailure sparkIsLost(RuntimeException cause) {
    return new JobFailure(
        ExitCode.PREFLIGHT_FAILED,
        String.format(
            "Spark's application has ended by itself: the lines above say why; its master is %s.",
            sparkConf.get("spark.master", "(none)")),
        cause);
  }

  /** The launcher fills them in; someone who calls spark-submit directly has to give them. */
  private static void refuseMissingPaths(Settings settings) {
    if (settings.run().dir().isEmpty() || settings.data().path().isEmpty()) {
      throw JobFailure.badConfiguration(
          "run.dir or data.path is empty: expected both when the job is not started by submit.sh,"
              + " e.g. --set run.dir=hdfs:///runs/1.");
    }
  }

  /** As spark-submit sets it; without it Spark takes the current folder, too. */
  private Path sparkHome() {
    return Path.of(environment.getOrDefault("SPARK_HOME", "."));
  }

  private Configuration hadoopConfiguration() {
    Configuration hadoop = new Configuration();
    for (var property : sparkConf.getAllWithPrefix(HADOOP_PREFIX)) {
      hadoop.set(property._1(), property._2());
    }
    return hadoop;
  }

  /** Whether the process has begun to end: what fails then fails because Spark is going away. */
  private static boolean stopping() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException shutdownInProgress) {
      return true;
    }
  }
}
