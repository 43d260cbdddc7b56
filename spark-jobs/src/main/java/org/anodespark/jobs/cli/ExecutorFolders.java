/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that a local cluster leaves behind: {@code SPARK_HOME/work/APPLICATION/EXECUTOR},
 * each with the executor's log and its own copy of every jar. The workers of a standalone cluster
 * can be told to tidy up; those of a local cluster end with the application, before they would.
 */
final class ExecutorFolders {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorFolders.class);

  private ExecutorFolders() {}

  /** Deletes the jars, 160 MB for each executor of each run, and leaves the logs. */
  static void deleteJars(Path sparkHome, String applicationId) {
    Path application = sparkHome.resolve("work").resolve(applicationId);
    try (DirectoryStream<Path> executors = Files.newDirectoryStream(application)) {
      for (Path executor : executors) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(executor, "*.jar")) {
          for (Path jar : jars) {
            Files.deleteIfExists(jar);
          }
        }
      }
    } catch (IOException e) {
      LOG.warn("Copies of jars are left in {}", application, e);
    }
  }
}
