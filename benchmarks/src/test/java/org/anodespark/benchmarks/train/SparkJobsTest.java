/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkJobsTest {
  @TempDir private Path folder;

  @Test
  void runsTheCommandLineAndReadsTheSummary() throws IOException {
    SparkJobs jobs =
        jobs(
            """
            echo "$@"
            for argument; do
              case $argument in run.dir=*) directory=${argument#run.dir=} ;; esac
            done
            mkdir "$directory"
            echo '{"images_per_second": 321.5}' >"$directory/summary.json"
            """);
    Path runDirectory = folder.resolve("run");
    assertThat(
            jobs.run("train", runDirectory, List.of("a.b=1", "c=[1, 2]"))
                .get("images_per_second")
                .asDouble())
        .isEqualTo(321.5);
    assertThat(folder.resolve("log"))
        .content()
        .isEqualTo("train --set a.b=1 --set c=[1, 2] --set run.dir=" + runDirectory + "\n");
  }

  @Test
  void tellsTheExitCodeOfAJobThatFails() throws IOException {
    SparkJobs jobs = jobs("exit 4");
    assertThatThrownBy(() -> jobs.run("train", folder.resolve("run"), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("The job train ended with exit code 4; see " + folder.resolve("log") + ".");
  }

  private SparkJobs jobs(String script) throws IOException {
    Path file = folder.resolve("submit.sh");
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new SparkJobs(file, folder.resolve("log"));
  }
}
