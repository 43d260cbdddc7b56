/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no daemons; those are in {@code ClusterCommandIT}. */
class TrialClusterTest {
  @TempDir private Path temporary;

  private Path folder;
  private TrialCluster cluster;

  @BeforeEach
  void name() {
    folder = temporary.resolve("cluster");
    cluster =
        new TrialCluster(
            folder,
            temporary.resolve("no spark"),
            Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  @Test
  void stoppingWhatWasNeverStartedIsRefusedAndLeavesNothing() {
    refused(
        cluster::stop,
        "No cluster is running that was started in "
            + folder
            + ": ./submit.sh cluster start starts one.");
    assertThat(folder).doesNotExist();
  }

  @Test
  void stoppingWhatHasEndedByItselfIsRefusedAndForgetsIt() throws Exception {
    Files.createDirectories(folder);
    Path file = folder.resolve("master.pid");
    Process ended = new ProcessBuilder("sleep", "600").start();
    Daemon.remember(file, ended.toHandle(), Map.of());
    ended.destroyForcibly().waitFor();
    refused(
        cluster::stop,
        "No cluster is running that was started in "
            + folder
            + ": ./submit.sh cluster start starts one.");
    assertThat(file).doesNotExist();
  }

  @Test
  void aPortInUseIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          () -> cluster.start(new ClusterPlan(2, 1, 512, taken.getLocalPort(), false)),
          "Port %d of 127.0.0.1 is in use: give another one with --port, or 0 for any that is free."
              .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void aFolderWithoutSparkIsNamed() {
    assertThatThrownBy(() -> cluster.start(new ClusterPlan(2, 1, 512, 0, false)))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
        .hasMessageStartingWith("The Spark in " + temporary.resolve("no spark") + " does not say");
  }

  private static void refused(ThrowingCallable action, String sentence) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
        .hasMessage(sentence);
  }
}
