/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path temporary;

  @Test
  void creatingItMakesParentsAndWritesTheSettings() throws IOException {
    Path folder = temporary.resolve("with spaces/run 1");

    RunDirectory directory = RunDirectory.create(HADOOP, folder.toString(), "seed = 7\n");

    assertThat(folder.resolve("resolved.conf")).hasContent("seed = 7\n");
    assertThat(directory.location()).isEqualTo("file:" + folder);
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    RunDirectory.create(HADOOP, temporary.toString(), "seed = 7");

    assertThat(temporary.resolve("resolved.conf")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"resolved.conf", "summary.json", "metrics.jsonl", "checkpoints", "model.zip"})
  void aFolderThatHoldsARunIsRefusedAndLeftAsItIs(String sign) throws IOException {
    Files.writeString(temporary.resolve(sign), "precious");

    assertThatThrownBy(() -> RunDirectory.create(HADOOP, temporary.toString(), "seed = 7"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "The run directory file:%s already holds a run (%s): set run.dir to a new folder.",
            temporary, sign);

    assertThat(filesIn(temporary)).containsExactly(sign);
    assertThat(temporary.resolve(sign)).hasContent("precious");
  }

  @Test
  void aPathBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("notes.txt"), "precious");

    assertThatThrownBy(() -> RunDirectory.create(HADOOP, file + "/run", "seed = 7"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith("The run directory " + file + "/run cannot be written (")
        .hasMessageEndingWith("): set run.dir to a folder that you may write to.");
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("notes.txt"), "precious");

    assertThatThrownBy(() -> RunDirectory.create(HADOOP, file.toString(), "seed = 7"))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("The run directory " + file + " cannot be written (");
    assertThat(file).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nofilesystem://host/run", "hdfs:///run", ""})
  void anAddressThatNoFileSystemHasIsRefused(String address) {
    assertThatThrownBy(() -> RunDirectory.create(HADOOP, address, "seed = 7"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith("The run directory " + address + " cannot be written (");
  }

  @Test
  void aFileReplacesItsPredecessor() {
    RunDirectory directory = RunDirectory.create(HADOOP, temporary.toString(), "seed = 7");

    directory.write("checkpoints/a.txt", "first");
    directory.write("checkpoints/a.txt", "second");

    assertThat(temporary.resolve("checkpoints/a.txt")).hasContent("second");
  }

  @Test
  void aWriteThatFailsHalfWayLeavesThePredecessorAndNothingElse() throws IOException {
    RunDirectory directory = RunDirectory.create(HADOOP, temporary.toString(), "seed = 7");
    directory.write("checkpoints/a.txt", "first");

    assertThatThrownBy(
            () ->
                directory.write(
                    "checkpoints/a.txt",
                    out -> {
                      out.write("sec".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
        .hasMessage(
            "The file file:%s/checkpoints/a.txt cannot be written (No space left on device):"
                + " see that its file system has room and is reachable.",
            temporary);

    assertThat(temporary.resolve("checkpoints/a.txt")).hasContent("first");
    assertThat(filesIn(temporary.resolve("checkpoints"))).containsExactly("a.txt");
  }

  @Test
  void whatAKilledDriverLeftUnfinishedCanBeDeleted() throws IOException {
    RunDirectory directory = RunDirectory.create(HADOOP, temporary.toString(), "seed = 7");
    directory.write("checkpoints/a.txt", "complete");
    Files.writeString(temporary.resolve("checkpoints/.b.txt.attempt-1.tmp"), "half");
    Files.writeString(temporary.resolve(".summary.json.tmp"), "half");
    Files.writeString(temporary.resolve(".notes"), "the user's own");

    directory.deleteUnfinishedFiles();

    assertThat(filesIn(temporary.resolve("checkpoints"))).containsExactly("a.txt");
    assertThat(filesIn(temporary)).containsExactly(".notes", "checkpoints", "resolved.conf");
  }

  /** Names in a folder, without those of checksums. */
  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }
}
