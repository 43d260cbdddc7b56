/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.cluster.ClusterPlan;
import org.anodespark.jobs.cluster.TrialCluster;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code submit.sh cluster start|stop}: a small standalone cluster on this machine.
 *
 * <p>{@code submit.sh} tells it where things are by {@code ANODE_SPARK_HOME} and {@code
 * SPARK_HOME}.
 */
public final class ClusterCommand {
  private static final String START = "start";
  private static final String STOP = "stop";

  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final PrintStream out;
  private final PrintStream err;

  ClusterCommand(
      Map<String, String> environment, Path workingDirectory, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory;
    this.out = out;
    this.err = err;
  }

  /** Called by {@code submit.sh} with what stood after {@code cluster}. */
  public static void main(String[] arguments) {
    ClusterCommand command =
        new ClusterCommand(System.getenv(), Path.of("").toAbsolutePath(), System.out, System.err);
    System.exit(command.run(List.of(arguments)));
  }

  /** Returns the exit status. */
  int run(List<String> arguments) {
    try {
      ClusterOptions options = JobOptions.parse(new ClusterOptions(), arguments);
      TrialCluster cluster =
          new TrialCluster(
              folder(options), Path.of(environment("SPARK_HOME")), Path.of(javaProgram()));
      switch (options.action) {
        case START -> start(cluster, options.plan());
        case STOP -> stop(cluster);
        default ->
            throw JobFailure.badConfiguration(
                "Unknown command cluster %s: expected start or stop.".formatted(options.action));
      }
      return ExitCode.DONE.code();
    } catch (JobFailure failure) {
      return FailureLine.print(failure, err);
    }
  }

  private void start(TrialCluster cluster, ClusterPlan plan) {
    TrialCluster.Running running = cluster.start(plan);
    out.printf(
        "%s at %s, to be watched at %s%n",
        running.fresh() ? "Started a cluster" : "A cluster is running",
        running.url(),
        running.userInterface());
    out.printf(
        "  ./submit.sh train --profile standalone --master %s --set spark.executors=%d"
            + " --set spark.cores-per-executor=%d%s%n",
        running.url(),
        plan.workers(),
        plan.coresPerWorker(),
        plan.gpus() ? " --set spark.gpu=true" : "");
    out.println("  ./submit.sh cluster stop");
  }

  private void stop(TrialCluster cluster) {
    cluster.stop();
    out.println("Stopped the cluster");
  }

  private Path folder(ClusterOptions options) {
    return options.folder == null
        ? Path.of(environment("ANODE_SPARK_HOME")).resolve("cluster")
        : workingDirectory.resolve(options.folder);
  }

  private static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String environment(String variable) {
    String value = environment.get(variable);
    if (value == null) {
      throw new IllegalStateException(variable + " is not set; submit.sh sets it");
    }
    return value;
  }

  /** What can be typed. */
  private static final class ClusterOptions {
    @Parameters(index = "0", arity = "0..1", paramLabel = "start|stop")
    private String action = "";

    @Option(names = "--workers", paramLabel = "N")
    private int workers = 2;

    @Option(names = "--cores", paramLabel = "N")
    private int cores = 1;

    @Option(names = "--memory-mebibytes", paramLabel = "N")
    private int memoryMebibytes = 2048;

    @Option(names = "--port", paramLabel = "N")
    private int port = 7077;

    @Option(names = "--gpus")
    private boolean gpus;

    @Option(names = "--folder", paramLabel = "FOLDER")
    private Path folder;

    ClusterPlan plan() {
      return new ClusterPlan(workers, cores, memoryMebibytes, port, gpus);
    }
  }
}
