/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit.sh cluster} with daemons of the assembled Spark. */
@Tag("cluster")
@Timeout(600)
class ClusterCommandIT {
  @TempDir private Path folder;

  private SubmitScript submit;

  @BeforeEach
  void nameScript() {
    submit =
        new SubmitScript(SubmitScript.HOME.resolve("submit.sh"), folder)
            .with("SPARK_HOME", SubmitScript.HOME.resolve("spark-runtime/target/spark"));
  }

  @AfterEach
  void stop() throws Exception {
    submit.run("cluster", "stop", "--folder", "cluster");
  }

  @Test
  void aClusterRunsUntilItIsStopped() throws Exception {
    Outcome started = cluster("start", "--port", "0");
    assertThat(started.status()).as(started.errors()).isZero();
    List<ProcessHandle> daemons = daemons();
    assertThat(daemons).hasSize(3).allMatch(ProcessHandle::isAlive);
    assertThat(started.output())
        .startsWith("Started a cluster at " + master())
        .contains("./submit.sh train --profile standalone --master " + master())
        .contains("./submit.sh cluster stop");

    Outcome stopped = cluster("stop");
    assertThat(stopped).isEqualTo(new Outcome(0, "Stopped the cluster\n", ""));
    assertThat(daemons).noneMatch(ProcessHandle::isAlive);
    assertThat(cluster("stop").status()).isEqualTo(3);
  }

  @Test
  void startingAgainStartsNothing() throws Exception {
    assertThat(cluster("start", "--port", "0").status()).isZero();
    List<ProcessHandle> daemons = daemons();

    Outcome again = cluster("start", "--port", "0");
    assertThat(again.status()).isZero();
    assertThat(again.output()).startsWith("A cluster is running at " + master());
    assertThat(daemons()).isEqualTo(daemons);

    Outcome other = cluster("start", "--workers", "3");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.errors())
        .isEqualTo(
            "anode-spark: --workers is 3, but a cluster of 2 workers is running: stop it with"
                + " ./submit.sh cluster stop.\n");
    assertThat(daemons()).isEqualTo(daemons);
  }

  @Test
  void aClusterThatLostAWorkerIsReplaced() throws Exception {
    assertThat(cluster("start", "--port", "0", "--workers", "1").status()).isZero();
    ProcessHandle worker = daemons().get(1);
    worker.destroyForcibly();
    worker.onExit().join();
    assertThat(cluster("start", "--port", "0", "--workers", "1").output())
        .startsWith("Started a cluster at ");
    assertThat(daemons()).hasSize(2).allMatch(ProcessHandle::isAlive);
  }

  private Outcome cluster(String action, String... more) throws Exception {
    String[] all =
        Stream.concat(Stream.of("cluster", action, "--folder", "cluster"), Stream.of(more))
            .toArray(String[]::new);
    return submit.run(all);
  }

  private String master() throws IOException {
    return properties(folder.resolve("cluster/master.pid")).getProperty("url");
  }

  /** The master first, then the workers. */
  private List<ProcessHandle> daemons() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cluster"))) {
      return files
          .filter(file -> file.toString().endsWith(".pid"))
          .sorted()
          .map(ClusterCommandIT::properties)
          .map(properties -> ProcessHandle.of(Long.parseLong(properties.getProperty("pid"))))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  private static Properties properties(Path file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
