/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Starts classes of a Spark as processes that outlive this one.
 *
 * <p>The command (class path, memory, module openings) is asked for where {@code
 * SPARK_HOME/bin/spark-class} asks, too: an assembled Spark has the launcher, but not the script.
 */
final class SparkDaemons {
  private static final String LAUNCHER = "org.apache.spark.launcher.Main";

  private final Path sparkHome;
  private final Path java;

  /**
   * @param sparkHome a Spark 3 for Scala 2.12
   * @param java the program that starts Java
   */
  SparkDaemons(Path sparkHome, Path java) {
    this.sparkHome = sparkHome;
    this.java = java;
  }

  /**
   * Starts a process.
   *
   * @param main a class of Spark's
   * @param folder in which it works
   * @param log gets what it says, behind what the file holds
   * @throws JobFailure with exit code 3 if Spark does not tell the command
   */
  Process start(String main, List<String> arguments, Path folder, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command(main, arguments))
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().putAll(environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(String main, List<String> arguments) {
    List<String> question =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                sparkHome.resolve("jars") + "/*",
                LAUNCHER,
                main));
    question.addAll(arguments);
    try {
      Path errors = Files.createTempFile("spark-launcher", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(question).redirectError(errors.toFile());
        builder.environment().putAll(environment());
        Process launcher = builder.start();
        String answer =
            new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // an empty line behind a NUL, then the words, each ended by a NUL
        List<String> words = Arrays.asList(answer.split("\0"));
        if (launcher.waitFor() != 0 || words.size() < 2) {
          throw new JobFailure(
              ExitCode.PREFLIGHT_FAILED,
              "The Spark in %s does not say how to start %s (%s): set SPARK_HOME to the folder of a Spark 3, or unset it."
                  .formatted(
                      sparkHome,
                      main,
                      Files.readString(errors).lines().findFirst().orElse("no reason given")));
        }
        List<String> command = new ArrayList<>(words.subList(1, words.size()));
        command.set(0, command.get(0).strip());
        return command;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        sparkHome.toString(),
        // without it the launcher looks for the folders of a Spark source tree
        "SPARK_SCALA_VERSION",
        "2.12",
        "SPARK_LOCAL_IP",
        TrialCluster.HOST,
        "SPARK_DAEMON_MEMORY",
        "512m");
  }
}
