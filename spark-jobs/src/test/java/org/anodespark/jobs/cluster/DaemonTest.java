/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {
  @TempDir private Path folder;

  private Process process;
  private Path file;

  @BeforeEach
  void startSomething() throws IOException {
    process = new ProcessBuilder("bash", "-c", "sleep 600 & wait").start();
    file = folder.resolve("some.pid");
  }

  @AfterEach
  void endIt() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void isFoundAgainByItsFile() {
    Daemon remembered = Daemon.remember(file, process.toHandle(), Map.of("url", "a:b=c"));
    assertThat(Daemon.read(file)).isEqualTo(remembered);
    assertThat(remembered.facts()).containsEntry("url", "a:b=c");
    assertThat(remembered.alive()).isTrue();
  }

  @Test
  void endsWithTheProcessesThatItStarted() {
    while (process.descendants().findAny().isEmpty()) {
      Thread.onSpinWait();
    }
    ProcessHandle child = process.descendants().findAny().orElseThrow();
    Daemon daemon = Daemon.remember(file, process.toHandle(), Map.of());

    daemon.end();

    assertThat(process.isAlive()).isFalse();
    assertThat(child.isAlive()).isFalse();
    assertThat(daemon.alive()).isFalse();
    assertThat(file).doesNotExist();
  }

  @Test
  void aLaterProcessOfTheSameNumberIsLeftAlone() {
    Daemon earlier =
        new Daemon(
            file,
            process.pid(),
            process.info().startInstant().orElseThrow().minus(Duration.ofMinutes(1)),
            Map.of());
    assertThat(earlier.alive()).isFalse();
    earlier.end();
    assertThat(process.isAlive()).isTrue();
  }
}
