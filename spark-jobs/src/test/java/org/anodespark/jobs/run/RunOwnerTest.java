/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunOwnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir Path folder;
  private RunDirectory directory;

  @BeforeEach
  void openDirectory() {
    directory = RunDirectory.open(new Configuration(), folder.toString());
  }

  @Test
  void aSecondDriverIsRefusedWhileTheFirstOneLives() {
    try (RunOwner first = RunOwner.claim(directory, PATIENCE)) {
      assertThatThrownBy(() -> RunOwner.claim(directory, PATIENCE))
          .isInstanceOfSatisfying(
              JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
          .hasMessageMatching(
              "The run directory file:.* is in use by process %d on .*: wait until that has ended, or set run\\.dir to another folder\\."
                  .formatted(ProcessHandle.current().pid()));
      assertThat(first.attempt()).isEqualTo(1);
    }
  }

  @Test
  void theNextDriverNeedNotWaitForOneThatEnded() {
    RunOwner.claim(directory, Duration.ofDays(1)).close();

    try (RunOwner second = RunOwner.claim(directory, Duration.ofDays(1))) {
      assertThat(second.attempt()).isEqualTo(2);
    }
  }

  @Test
  void theNextDriverNeedNotWaitForOneWhoseProcessIsGoneFromThisMachine() throws IOException {
    write(
        "{\"attempt\":1,\"host\":\"%s\",\"process\":%d,\"process_started\":\"1970-01-01T00:00:00Z\",\"beat\":3,\"ended\":false}"
            .formatted(InetAddress.getLocalHost().getHostName(), ProcessHandle.current().pid()));

    try (RunOwner second = RunOwner.claim(directory, Duration.ofDays(1))) {
      assertThat(second.attempt()).isEqualTo(2);
    }
  }

  /** Starts are told from the time of the boot, which is moved when clocks are set. */
  @Test
  void aDriverThatLivesIsNotTakenForGoneWhenTheClockIsSet() throws IOException {
    Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
    try (RunOwner first = RunOwner.claim(directory, PATIENCE)) {
      Path sign = folder.resolve("owners/attempt-0001.json");
      Files.deleteIfExists(sign.resolveSibling(".attempt-0001.json.crc"));
      Files.writeString(
          sign,
          Files.readString(sign).replace(started.toString(), started.minusSeconds(2).toString()));

      assertThatThrownBy(() -> RunOwner.claim(directory, PATIENCE))
          .hasMessageContaining(" is in use by process ");
      assertThat(first.attempt()).isEqualTo(1);
    }
  }

  @Test
  void aSignOfLifeThatIsDamagedIsNamed() throws IOException {
    write(
        "{\"attempt\":1,\"host\":\"elsewhere\",\"process\":1,\"process_started\":\"noon\",\"beat\":3,\"ended\":false}");

    assertThatThrownBy(() -> RunOwner.claim(directory, PATIENCE))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("owners/attempt-0001.json is damaged (")
        .hasMessageContaining("delete it if no driver of the run is alive");
  }

  @Test
  void aDriverOnAnotherMachineIsSucceededWhenItShowsNoSignOfLife() throws IOException {
    write(
        "{\"attempt\":1,\"host\":\"elsewhere\",\"process\":1,\"process_started\":\"\",\"beat\":3,\"ended\":false}");

    try (RunOwner second = RunOwner.claim(directory, Duration.ofMillis(50))) {
      assertThat(second.attempt()).isEqualTo(2);
    }
  }

  @Test
  void oneThatWasSucceededWritesNothingAnyMore() throws IOException {
    try (RunOwner first = RunOwner.claim(directory, PATIENCE)) {
      first.directory().write("a.txt", "first");
      Files.copy(
          folder.resolve("owners/attempt-0001.json"), folder.resolve("owners/attempt-0002.json"));

      assertThatThrownBy(() -> first.directory().write("a.txt", "second"))
          .isInstanceOfSatisfying(
              JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP))
          .hasMessageStartingWith("Another driver (attempt 2) has taken over the run in file:");
      assertThatThrownBy(() -> first.directory().delete("a.txt")).isInstanceOf(JobFailure.class);
    }
    assertThat(folder.resolve("a.txt")).hasContent("first");
  }

  private void write(String sign) throws IOException {
    Path file = folder.resolve("owners/attempt-0001.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, sign);
  }
}
