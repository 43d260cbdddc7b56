/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Where things are on this machine.
 *
 * @param home the folder of {@code submit.sh}, absolute
 * @param jar the jar with all classes of ours and their libraries, absolute
 * @param sparkHome a Spark, assembled or the user's own, absolute
 */
record Installation(Path home, Path jar, Path sparkHome) {
  private static final String SUFFIX = ".conf";

  Path sparkSubmit() {
    return sparkHome.resolve("bin").resolve("spark-submit");
  }

  /** What the driver's log looks like, whichever Spark runs it. */
  Path loggingConfiguration() {
    return home.resolve("conf").resolve("log4j2.properties");
  }

  /** The script that tells Spark of GPUs. */
  Path gpuDiscovery() {
    return home.resolve("conf").resolve("gpu-discovery.sh");
  }

  /**
   * The file of a profile.
   *
   * @throws JobFailure exit code 2, naming the known profiles
   */
  Path profile(String name) {
    List<String> known = profiles();
    if (!known.contains(name)) {
      throw JobFailure.badConfiguration(
          String.format(
              "Unknown profile %s: expected one of %s, the files in %s.",
              name, String.join(", ", known), profileFolder()));
    }
    return profileFolder().resolve(name + SUFFIX);
  }

  private Path profileFolder() {
    return home.resolve("conf").resolve("profiles");
  }

  private List<String> profiles() {
    try (Stream<Path> files = Files.list(profileFolder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
