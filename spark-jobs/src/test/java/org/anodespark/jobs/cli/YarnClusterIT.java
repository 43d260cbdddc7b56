/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.anodespark.jobs.testing.SmallHdfs;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
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
  @TempDir private static Path shared;

  private static MiniDFSCluster hdfs;
  private static SmallYarn yarn;
  private static byte[] ofLocalCluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startClusters() throws Exception {
    hdfs = SmallHdfs.start(shared.resolve("hdfs"));
    yarn = SmallYarn.start(shared);

    Outcome outcome =
        SubmitScript.ofTheBuild(shared)
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
    train(SmallYarn.arguments(run.toString(), shared.resolve("builtin-data").toString()));
    assertThat(ClusterTraining.parameters(Files.readAllBytes(run.resolve("model.zip"))))
        .isEqualTo(ofLocalCluster);
  }

  @Test
  void aDriverOnTheClusterWithAllFilesOnHdfsComesToTheSame() throws Exception {
    String root = hdfs.getURI().toString();
    List<String> arguments =
        new ArrayList<>(SmallYarn.arguments(root + "/runs/1", root + "/builtin-data"));
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
    Outcome outcome = yarn.submit(folder).run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors() + outcome.output()).isZero();
  }
}
