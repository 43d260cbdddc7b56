/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * {@code submit.sh} without its processes: the launcher checks what is typed and writes the command
 * of spark-submit, by which the driver then runs in this process, with the properties of that
 * command.
 */
final class CommandInProcess {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 4, 5, 6, 7);
  private static final String JAR = "/opt/anode-spark-jobs.jar";

  private final Path home;

  /**
   * What a command leaves.
   *
   * @param status the exit status
   * @param errors what is printed on the standard error stream, but for the log
   */
  record Outcome(int status, String errors) {}

  /**
   * @param home the folder of {@code submit.sh}, with profiles in {@code conf}
   */
  CommandInProcess(Path home) {
    this.home = home;
  }

  /** Runs a command to its end, in the home folder. */
  Outcome run(List<String> typed) throws IOException {
    return run(typed, JobRegistry.standard());
  }

  /** As {@link #run(List)}, with other jobs under the names of ours. */
  Outcome run(List<String> typed, JobRegistry jobs) throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Path command = Files.createTempFile(home, "command", "");
    Map<String, String> environment =
        Map.of(
            "HOME",
            home.toString(),
            "SPARK_HOME",
            home.toString(),
            "ANODE_SPARK_HOME",
            home.toString(),
            "ANODE_SPARK_JAR",
            JAR,
            "ANODE_SPARK_COMMAND_FILE",
            command.toString());
    int status = new Launcher(environment, home, NOW, out, errors).run(typed);
    List<String> written = Arrays.asList(Files.readString(command).split("\0", -1));
    Files.delete(command);
    if (status == 0 && written.contains(JAR)) {
      int jar = written.indexOf(JAR);
      status =
          new Driver(jobs, properties(written.subList(0, jar)), environment, out, errors)
              .run(written.subList(jar + 1, written.size() - 1));
    }
    return new Outcome(status, err.toString(StandardCharsets.UTF_8));
  }

  private static SparkConf properties(List<String> command) {
    SparkConf properties = new SparkConf(false);
    for (int i = 0; i + 1 < command.size(); i++) {
      if (command.get(i).equals("--master")) {
        properties.setMaster(command.get(i + 1));
      } else if (command.get(i).equals("--conf")) {
        String[] property = command.get(i + 1).split("=", 2);
        properties.set(property[0], property[1]);
      }
    }
    return properties;
  }
}
