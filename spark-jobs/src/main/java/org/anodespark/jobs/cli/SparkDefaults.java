/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.block.KernelChoices;
import org.anodespark.jobs.config.OpenedPackages;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.JobFailure;

/**
 * The properties of Spark that this project needs to work well, with the user's own {@code
 * spark.conf}, which wins over them.
 */
final class SparkDefaults {
  /** By name: the launcher has no Spark on its class path. */
  static final String METRICS_PLUGIN = "org.anodespark.jobs.metrics.MetricsPlugin";

  /** JavaCPP would print to the standard error stream that ND4J was built with an older one. */
  private static final String JAVACPP_LOGS = "-Dorg.bytedeco.javacpp.logger=slf4j";

  /**
   * Nearly all time goes into native code, which Java's second compiler takes processor time from
   * for minutes and gives nothing back; docs/performance.md has figures.
   */
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final String PLUGINS = "spark.plugins";

  private static final String GPU_PLUGIN = "org.anodespark.jobs.executor.GpuPlugin";

  private final SparkSettings spark;
  private final SparkMaster master;
  private final boolean driverOnCluster;
  private final Path loggingConfiguration;
  private final Path gpuDiscovery;

  /**
   * @param master where the application is going to run
   * @param driverOnCluster whether the driver runs there too, not on this machine
   * @param installation where files are on this machine
   */
  SparkDefaults(
      SparkSettings spark, SparkMaster master, boolean driverOnCluster, Installation installation) {
    this.spark = spark;
    this.master = master;
    this.driverOnCluster = driverOnCluster;
    this.loggingConfiguration = installation.loggingConfiguration();
    this.gpuDiscovery = installation.gpuDiscovery();
  }

  /** Threads for ND4J's operations in the driver and in each executor. */
  int operationThreads() {
    return spark.coresPerExecutor();
  }

  /**
   * Full property names and values, in the order in which they are shown. Of one property, the
   * user's wins over ours; of options for Java, Spark appends the user's to ours.
   */
  Map<String, String> properties(JobName job) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spark.app.name", "anode-spark " + job.typed());
    driver(properties);
    executors(properties);
    tasks(properties);
    serialisation(properties);
    properties.put(PLUGINS, METRICS_PLUGIN);
    if (job == JobName.SWEEP) {
      // trials that are distributed have a pool each
      properties.put("spark.scheduler.mode", "FAIR");
    }
    properties.put("spark.ui.showConsoleProgress", "false");
    if (master.onThisMachine()) {
      // Many runs may share a machine: look on for a free port for the user interface.
      properties.put("spark.port.maxRetries", "100");
    }
    if (spark.gpu()) {
      gpus(properties);
    }
    properties.putAll(spark.conf());
    if (spark.gpu()) {
      properties.merge(PLUGINS, GPU_PLUGIN, (users, ours) -> users + "," + ours);
    }
    if (!spark.nativeJars().isEmpty()) {
      nativeJars(properties);
    }
    if (driverOnCluster && master.isStandalone()) {
      // A worker that starts a driver does not know of default options, nor of Spark's own.
      properties.merge(
          "spark.driver.extraJavaOptions",
          OpenedPackages.javaOptions() + " " + driverJavaOptions(),
          (users, ours) -> ours + " " + users);
    }
    return properties;
  }

  private void driver(Map<String, String> properties) {
    properties.put("spark.driver.memory", mebibytes(spark.driverHeapMebibytes()));
    properties.put("spark.driver.memoryOverhead", mebibytes(spark.driverOverheadMebibytes(master)));
    properties.put("spark.driver.defaultJavaOptions", driverJavaOptions());
    if (driverOnCluster) {
      driverElsewhere(properties);
    }
  }

  private String driverJavaOptions() {
    // the file is on this machine only; elsewhere the Spark that is there says what is logged
    return (driverOnCluster
            ? ""
            : "-Dlog4j2.configurationFile=" + loggingConfiguration.toUri() + " ")
        + ONE_COMPILER
        + " "
        + JAVACPP_LOGS
        + " "
        + KernelChoices.javaOption(spark.kernels())
        + " "
        + nativeMemoryOptions(
            spark.driverNativeMebibytes(master),
            spark.driverHeapMebibytes() + spark.driverOverheadMebibytes(master));
  }

  private void driverElsewhere(Map<String, String> properties) {
    String threads = Integer.toString(operationThreads());
    if (master.isStandalone()) {
      // otherwise spark-submit ends when the driver begins
      properties.put("spark.standalone.submit.waitAppCompletion", "true");
    } else if (master.isYarn()) {
      properties.put("spark.yarn.appMasterEnv.OMP_NUM_THREADS", threads);
      // data are prepared, and the need of memory is computed, before Spark is started
      properties.put("spark.yarn.am.waitTime", "3600s");
    } else if (master.isKubernetes()) {
      properties.put("spark.kubernetes.driverEnv.OMP_NUM_THREADS", threads);
    }
  }

  private void executors(Map<String, String> properties) {
    int cores = spark.coresPerExecutor();
    properties.put("spark.executor.instances", Integer.toString(spark.executors()));
    properties.put("spark.executor.cores", Integer.toString(cores));
    properties.put("spark.cores.max", Long.toString((long) spark.executors() * cores));
    properties.put("spark.executor.memory", mebibytes(spark.executorHeapMebibytes()));
    // A container that grows beyond heap and overhead is killed: Java's own part counts, too.
    properties.put("spark.executor.memoryOverhead", mebibytes(spark.executorOverheadMebibytes()));
    properties.put(
        "spark.executor.defaultJavaOptions",
        ONE_COMPILER
            + " "
            + JAVACPP_LOGS
            + " "
            + KernelChoices.javaOption(spark.kernels())
            + " "
            + nativeMemoryOptions(
                spark.nativeMebibytes(),
                spark.executorHeapMebibytes() + spark.executorOverheadMebibytes()));
    // Otherwise Spark sets it to spark.task.cpus on some clusters and not at all on others.
    properties.put("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(operationThreads()));
    // Start when all executors are there, or with those that came within a minute.
    properties.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    properties.put(
        "spark.scheduler.maxRegisteredResourcesWaitingTime",
        Math.min(60, spark.registrationSeconds()) + "s");
  }

  /**
   * Class paths of the processes and not {@code spark.jars}, which would copy hundreds of megabytes
   * to each executor. The classes that look for libraries find them in Spark's class loader, the
   * parent of their own; a library belongs to the loader of the class that loads it, not to that of
   * its jar.
   */
  private void nativeJars(Map<String, String> properties) {
    Path folder = Path.of(spark.nativeJars());
    if (!driverOnCluster && !holdsJars(folder)) {
      throw JobFailure.badConfiguration(
          "spark.native-jars is %s, which is no folder with jars on this machine, where the driver runs: expected a copy of native-jars as mvn package -Pcuda or -Pthin makes it."
              .formatted(folder));
    }
    String jars = folder.resolve("*").toString();
    for (String process : List.of("driver", "executor")) {
      properties.merge(
          "spark." + process + ".extraClassPath", jars, (users, ours) -> users + ":" + ours);
    }
  }

  private static boolean holdsJars(Path folder) {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      return jars.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private void gpus(Map<String, String> properties) {
    if (!master.isStandalone() && !master.isYarn() && !master.isKubernetes()) {
      throw JobFailure.badConfiguration(
          "spark.gpu is true, but the master %s hands out no GPUs: expected spark://HOST:PORT, yarn or k8s://URL; ./submit.sh cluster start --gpus starts such a master here."
              .formatted(master.url()));
    }
    properties.put("spark.executor.resource.gpu.amount", "1");
    properties.put("spark.task.resource.gpu.amount", "1");
    if (master.isYarn()) {
      // it is sent to the folder in which an executor starts
      properties.put("spark.files", gpuDiscovery.toUri().toString());
      properties.put(
          "spark.executor.resource.gpu.discoveryScript", "./" + gpuDiscovery.getFileName());
    }
  }

  private void tasks(Map<String, String> properties) {
    // One worker at a time in each executor: ND4J's threads take all its cores.
    properties.put("spark.task.cpus", Integer.toString(spark.coresPerExecutor()));
    properties.put("spark.task.maxFailures", "4");
    // A task that was cancelled but does not end holds an executor: then the executor has to go.
    properties.put("spark.task.reaper.enabled", "true");
    properties.put("spark.task.reaper.killTimeout", "120s");
    // Every executor reads its minibatches from the file system: none is nearer than another.
    properties.put("spark.locality.wait", "0");
  }

  private static void serialisation(Map<String, String> properties) {
    properties.put("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    // Without it arrays of ND4J arrive without their memory.
    properties.put("spark.kryo.registrator", "org.nd4j.kryo.Nd4jRegistrator");
    properties.put("spark.kryoserializer.buffer.max", "512m");
  }

  /** Makes JavaCPP fail with a Java exception where otherwise the kernel would kill the process. */
  private static String nativeMemoryOptions(long nativeMebibytes, long processMebibytes) {
    return String.format(
        "-Dorg.bytedeco.javacpp.maxbytes=%s -Dorg.bytedeco.javacpp.maxphysicalbytes=%s",
        mebibytes(nativeMebibytes), mebibytes(processMebibytes));
  }

  private static String mebibytes(long count) {
    return count + "m";
  }
}
