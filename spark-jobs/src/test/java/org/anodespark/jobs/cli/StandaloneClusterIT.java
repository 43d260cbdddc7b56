/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on a standalone master with two workers, compared with those of other masters. */
@Tag("cluster")
@Timeout(600)
class StandaloneClusterIT {
  @TempDir private static Path shared;
  private static SmallStandalone cluster;
  private static byte[] ofLocalCluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = SmallStandalone.start(shared, "--cores", "2");
    List<String> training =
        ClusterTraining.arguments("reference", shared.resolve("builtin-data").toString());
    Outcome outcome = submit(shared).run(training.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    ofLocalCluster = parameters(shared.resolve("reference"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aTrainingComesToTheParametersOfALocalCluster() throws Exception {
    trainTo(ofLocalCluster, onCluster());
    assertThat(Files.readString(folder.resolve("run/summary.json")))
        .contains(ClusterTraining.ALL_EXAMPLES)
        .contains("\"id\" : \"0\"", "\"id\" : \"1\"");
  }

  @Test
  void aDriverOnTheClusterComesToTheSameAndReadsAFileOfThisMachine() throws Exception {
    Path file = folder.resolve("my.conf");
    Files.writeString(file, "checkpoint.keep = 7");
    List<String> arguments = onCluster("--conf", file.toString(), "--", "--deploy-mode", "cluster");
    trainTo(ofLocalCluster, arguments);
    assertThat(Files.readString(folder.resolve("run/resolved.conf"))).contains("keep=7");
  }

  @Test
  void theDoctorFindsNothingWrong() throws Exception {
    List<String> arguments = new ArrayList<>(onCluster());
    arguments.set(0, "doctor");
    Outcome outcome = submit(folder).run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors() + outcome.output()).isZero();
    assertThat(outcome.output().lines())
        .allMatch(line -> line.startsWith("ok    "))
        .anyMatch(line -> line.endsWith("2 of 2 executors answer"))
        .anyMatch(line -> line.contains("driver and executors see each other's files"));
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void trainTo(byte[] expected, List<String> arguments) throws Exception {
    Outcome outcome = submit(folder).run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors() + outcome.output()).isZero();
    assertThat(parameters(folder.resolve("run"))).isEqualTo(expected);
  }

  private List<String> onCluster(String... more) {
    List<String> arguments =
        new ArrayList<>(
            cluster.arguments(
                folder.resolve("run").toString(), shared.resolve("builtin-data").toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static SubmitScript submit(Path scratch) {
    return SubmitScript.ofTheBuild(scratch);
  }

  private static byte[] parameters(Path run) throws IOException {
    return ClusterTraining.parameters(Files.readAllBytes(run.resolve("model.zip")));
  }
}
