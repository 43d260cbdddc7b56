/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls a {@code submit.sh}, in an environment that is the same wherever the tests run.
 *
 * <p>Paths come from system properties that the build sets for integration tests.
 */
final class SubmitScript {
  /** The folder of the checkout. */
  static final Path HOME = Path.of(System.getProperty("anode-spark.home")).normalize();

  /** The jar that the build has just made. */
  static final Path JAR = Path.of(System.getProperty("anode-spark.jar"));

  private final Path script;
  private final Path output;
  private final Path errors;
  private final Map<String, String> environment = new HashMap<>();
  private Path workingDirectory;

  /**
   * @param script submit.sh or a link to it
   * @param scratch a folder for the process's output, in which it is also started
   */
  SubmitScript(Path script, Path scratch) {
    this.script = script;
    this.workingDirectory = scratch;
    this.output = scratch.resolve("stdout");
    this.errors = scratch.resolve("stderr");
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", System.getProperty("user.home"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("ANODE_SPARK_JAR", JAR.toString());
  }

  /** The script of the checkout, with the Spark that the build has assembled. */
  static SubmitScript ofTheBuild(Path scratch) {
    return new SubmitScript(HOME.resolve("submit.sh"), scratch)
        .with("SPARK_HOME", HOME.resolve("spark-runtime/target/spark"));
  }

  /** Sets a variable, or removes it when the value is null. */
  SubmitScript with(String variable, Object value) {
    if (value == null) {
      environment.remove(variable);
    } else {
      environment.put(variable, value.toString());
    }
    return this;
  }

  SubmitScript in(Path folder) {
    workingDirectory = folder;
    return this;
  }

  /** Starts the script without a terminal. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs the script to its end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    int status = start(arguments).waitFor();
    return new Outcome(status, Files.readString(output), Files.readString(errors));
  }

  /**
   * What a process left behind.
   *
   * @param status its exit status
   */
  record Outcome(int status, String output, String errors) {}
}
