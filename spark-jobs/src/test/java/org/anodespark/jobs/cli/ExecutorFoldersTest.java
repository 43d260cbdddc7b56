/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorFoldersTest {
  @TempDir private Path sparkHome;

  @Test
  void jarsOfTheApplicationAreDeletedAndLogsStay() throws IOException {
    Path jar = file("work/app-1/0/ours.jar");
    Path log = file("work/app-1/1/stderr");
    Path other = file("work/app-2/0/ours.jar");
    ExecutorFolders.deleteJars(sparkHome, "app-1");
    assertThat(jar).doesNotExist();
    assertThat(log).exists();
    assertThat(other).exists();
  }

  private Path file(String name) throws IOException {
    Path file = sparkHome.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
