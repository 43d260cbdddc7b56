/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose workers say that they have a GPU each. No GPU is used. */
@Tag("cluster")
@Timeout(600)
class GpuClusterIT {
  @TempDir private Path folder;

  private SmallStandalone cluster;

  @BeforeEach
  void startCluster() throws Exception {
    cluster = SmallStandalone.start(folder, "--gpus");
  }

  @AfterEach
  void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void eachExecutorHasAGpuOfItsOwnAndTheSummaryNamesIt() throws Exception {
    Outcome outcome = train("spark.gpu=true");
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(devices()).containsExactlyInAnyOrder("cpu (gpu 0 not used)", "cpu (gpu 1 not used)");
    assertThat(logsOfExecutors())
        .contains("Tasks compute on cpu (gpu 0 not used)", "Tasks compute on cpu (gpu 1 not used)");
  }

  @Test
  void anExecutorThatNoWorkerCanStartEndsTheJobInsteadOfWaitingForEver() throws Exception {
    Outcome outcome = train("spark.cores-per-executor=2", "spark.registration-seconds=5");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .contains(
            "anode-spark: No executor has registered with "
                + cluster.master()
                + " within 5 s: see that the cluster has as much free as one executor asks for (2"
                + " cores, 1024 MiB of heap) ");
  }

  private Outcome train(String... more) throws Exception {
    return SubmitScript.ofTheBuild(folder)
        .run(cluster.arguments("run", "builtin-data", more).toArray(String[]::new));
  }

  private String logsOfExecutors() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cluster/work"))) {
      StringBuilder logs = new StringBuilder();
      for (Path log : files.filter(file -> file.endsWith("stderr")).toList()) {
        logs.append(Files.readString(log));
      }
      return logs.toString();
    }
  }

  private List<String> devices() throws Exception {
    JsonNode summary =
        new ObjectMapper().readTree(Files.readString(folder.resolve("run/summary.json")));
    return StreamSupport.stream(summary.get("executors").spliterator(), false)
        .map(executor -> executor.get("device").asText())
        .toList();
  }
}
