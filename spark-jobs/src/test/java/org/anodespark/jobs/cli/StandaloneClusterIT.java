/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static String master;
  private static byte[] ofLocalCluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    Outcome started =
        submit(shared)
            .run("cluster", "start", "--cores", "2", "--port", "0", "--folder", "cluster");
    assertThat(started.status()).as(started.errors()).isZero();
    Matcher url = Pattern.compile("spark://\\S+:\\d+").matcher(started.output());
    assertThat(url.find()).isTrue();
    master = url.group();

    Outcome outcome = submit(shared).run(training("reference"));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    ofLocalCluster = parameters(shared.resolve("reference"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    submit(shared).run("cluster", "stop", "--folder", "cluster");
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

  @Test
  void threadsOfOneProcessComeToTheSame() throws Exception {
    List<String> arguments = training();
    arguments.addAll(List.of("--master", "local[2]"));
    trainTo(ofLocalCluster, arguments);
  }

  private void trainTo(byte[] expected, List<String> arguments) throws Exception {
    Outcome outcome = submit(folder).run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors() + outcome.output()).isZero();
    assertThat(parameters(folder.resolve("run"))).isEqualTo(expected);
  }

  private List<String> onCluster(String... more) {
    List<String> arguments = training();
    arguments.addAll(
        List.of(
            "--profile", "standalone", "--master", master, "--set", "spark.cores-per-executor=1"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private List<String> training() {
    return new ArrayList<>(
        ClusterTraining.arguments(
            folder.resolve("run").toString(), shared.resolve("builtin-data").toString()));
  }

  private static String[] training(String run) {
    return ClusterTraining.arguments(run, shared.resolve("builtin-data").toString())
        .toArray(String[]::new);
  }

  private static SubmitScript submit(Path scratch) {
    return new SubmitScript(SubmitScript.HOME.resolve("submit.sh"), scratch)
        .with("SPARK_HOME", SubmitScript.HOME.resolve("spark-runtime/target/spark"));
  }

  private static byte[] parameters(Path run) throws IOException {
    return ClusterTraining.parameters(Files.readAllBytes(run.resolve("model.zip")));
  }
}
