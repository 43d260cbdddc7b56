/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** YARN in this process, with one node that kills containers that grow beyond their limit. */
final class SmallYarn implements AutoCloseable {
  private static final int NODE_MEBIBYTES = 16 * 1024;
  private static final int NODE_CORES = 8;

  private final MiniYARNCluster yarn;
  private final Path clientConfiguration;

  private SmallYarn(MiniYARNCluster yarn, Path clientConfiguration) {
    this.yarn = yarn;
    this.clientConfiguration = clientConfiguration;
  }

  /**
   * @param folder of its files
   */
  static SmallYarn start(Path folder) throws IOException {
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    Configuration configuration = new YarnConfiguration();
    configuration.setInt(YarnConfiguration.NM_PMEM_MB, NODE_MEBIBYTES);
    configuration.setInt(YarnConfiguration.NM_VCORES, NODE_CORES);
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, NODE_MEBIBYTES);
    configuration.setInt(YarnConfiguration.RM_AM_MAX_ATTEMPTS, 1);
    configuration.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, true);
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // nearly full disks of a developer are good enough
    configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.9f);
    configuration.set(
        YarnConfiguration.RM_SCHEDULER,
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
    MiniYARNCluster yarn = new MiniYARNCluster("anode-spark", 1, 1, 1);
    yarn.init(configuration);
    yarn.start();
    Configuration forClients = new Configuration(yarn.getConfig());
    forClients.set("fs.defaultFS", "file:///");
    Path clientConfiguration = Files.createDirectory(folder.resolve("conf"));
    try (OutputStream out = Files.newOutputStream(clientConfiguration.resolve("yarn-site.xml"))) {
      forClients.writeXml(out);
    }
    Files.copy(
        clientConfiguration.resolve("yarn-site.xml"), clientConfiguration.resolve("core-site.xml"));
    return new SmallYarn(yarn, clientConfiguration);
  }

  /** The script with the configuration of clients. */
  SubmitScript submit(Path scratch) {
    return SubmitScript.ofTheBuild(scratch).with("HADOOP_CONF_DIR", clientConfiguration);
  }

  /** {@link ClusterTraining#arguments} for containers of a size of which this node holds three. */
  static List<String> arguments(String run, String data, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "spark.cores-per-executor=1",
                "spark.executor-heap-mebibytes=512",
                "spark.driver-heap-mebibytes=512",
                "spark.native-mebibytes=512",
                "spark.conf.spark.yarn.jars=local:"
                    + SubmitScript.HOME.resolve("spark-runtime/target/spark/jars/*"),
                // the assembled Spark lacks the filter through which YARN shows it
                "spark.conf.spark.ui.enabled=false"));
    settings.addAll(List.of(more));
    List<String> arguments =
        new ArrayList<>(ClusterTraining.arguments(run, data, settings.toArray(String[]::new)));
    arguments.addAll(List.of("--profile", "yarn"));
    return arguments;
  }

  @Override
  public void close() throws IOException {
    yarn.close();
  }
}
