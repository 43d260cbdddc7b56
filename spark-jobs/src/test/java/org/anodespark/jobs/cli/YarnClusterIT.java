/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings on YARN, whose node manager kills containers that grow beyond what was asked for,
 * compared with one on a local cluster.
 */
@Tag("cluster")
@Timeout(900)
class YarnClusterIT {
  private static final int NODE_MEBIBYTES = 16 * 1024;
  private static final int NODE_CORES = 8;

  @TempDir private static Path shared;

  private static MiniDFSCluster hdfs;
  private static MiniYARNCluster yarn;
  private static byte[] ofLocalCluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startClusters() throws Exception {
    System.setProperty("test.build.data", shared.resolve("yarn").toString());
    Configuration forHdfs = new Configuration();
    forHdfs.setInt("dfs.replication", 1);
    hdfs =
        new MiniDFSCluster.Builder(forHdfs, shared.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build();
    hdfs.waitClusterUp();

    Configuration forYarn = new YarnConfiguration();
    forYarn.setInt(YarnConfiguration.NM_PMEM_MB, NODE_MEBIBYTES);
    forYarn.setInt(YarnConfiguration.NM_VCORES, NODE_CORES);
    forYarn.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    forYarn.setInt(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, NODE_MEBIBYTES);
    forYarn.setInt(YarnConfiguration.RM_AM_MAX_ATTEMPTS, 1);
    forYarn.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, true);
    forYarn.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // nearly full disks of a developer are good enough
    forYarn.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.9f);
    forYarn.set(
        YarnConfiguration.RM_SCHEDULER,
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
    yarn = new MiniYARNCluster("anode-spark", 1, 1, 1);
    yarn.init(forYarn);
    yarn.start();
    Configuration forClients = new Configuration(yarn.getConfig());
    forClients.set("fs.defaultFS", "file:///");
    try (OutputStream out =
        Files.newOutputStream(
            Files.createDirectory(shared.resolve("conf")).resolve("yarn-site.xml"))) {
      forClients.writeXml(out);
    }
    Files.copy(shared.resolve("conf/yarn-site.xml"), shared.resolve("conf/core-site.xml"));

    Outcome outcome =
        submit(shared)
            .run(
                ClusterTraining.arguments("reference", shared.resolve("builtin-data").toString())
                    .toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    ofLocalCluster =
        ClusterTraining.parameters(Files.readAllBytes(shared.resolve("reference/model.zip")));
  }

  @AfterAll
  static void stopClusters() throws IOException {
    if (yarn != null) {
      yarn.close();
    }
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  @Test
  void aTrainingComesToTheParametersOfALocalCluster() throws Exception {
    Path run = folder.resolve("run");
    train(onYarn(run.toString(), shared.resolve("builtin-data").toString()));
    assertThat(ClusterTraining.parameters(Files.readAllBytes(run.resolve("model.zip"))))
        .isEqualTo(ofLocalCluster);
  }

  @Test
  void aDriverOnTheClusterWithAllFilesOnHdfsComesToTheSame() throws Exception {
    String root = hdfs.getURI().toString();
    List<String> arguments = onYarn(root + "/runs/1", root + "/builtin-data");
    arguments.addAll(List.of("--", "--deploy-mode", "cluster"));
    train(arguments);
    FileSystem files = hdfs.getFileSystem();
    try (InputStream model = files.open(new org.apache.hadoop.fs.Path("/runs/1/model.zip"));
        InputStream summary = files.open(new org.apache.hadoop.fs.Path("/runs/1/summary.json"))) {
      assertThat(ClusterTraining.parameters(model.readAllBytes())).isEqualTo(ofLocalCluster);
      assertThat(new String(summary.readAllBytes(), StandardCharsets.UTF_8))
          .contains(ClusterTraining.ALL_EXAMPLES);
    }
  }

  private void train(List<String> arguments) throws Exception {
    Outcome outcome = submit(folder).run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors() + outcome.output()).isZero();
  }

  private static List<String> onYarn(String run, String data) {
    List<String> arguments =
        new ArrayList<>(
            ClusterTraining.arguments(
                run,
                data,
                "spark.cores-per-executor=1",
                "spark.executor-heap-mebibytes=512",
                "spark.driver-heap-mebibytes=512",
                "spark.native-mebibytes=512",
                "spark.conf.spark.yarn.jars=local:"
                    + SubmitScript.HOME.resolve("spark-runtime/target/spark/jars/*"),
                // the assembled Spark lacks the filter through which YARN shows it
                "spark.conf.spark.ui.enabled=false"));
    arguments.addAll(List.of("--profile", "yarn"));
    return arguments;
  }

  private static SubmitScript submit(Path scratch) {
    return new SubmitScript(SubmitScript.HOME.resolve("submit.sh"), scratch)
        .with("SPARK_HOME", SubmitScript.HOME.resolve("spark-runtime/target/spark"))
        .with("HADOOP_CONF_DIR", shared.resolve("conf"));
  }
}
