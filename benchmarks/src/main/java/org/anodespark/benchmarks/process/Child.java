/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.anodespark.benchmarks.report.Json;

/** The parent's end of a measured process. */
public final class Child implements AutoCloseable {
  /** How long one answer may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final String name;
  private final Path log;
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a process.
   *
   * @param name for messages
   * @param command program and arguments
   * @param environment variables beside those of this process
   * @param log gets its standard error stream, overwritten
   * @throws Unavailable if there is no such program
   */
  public static Child start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws Unavailable {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(log.toFile());
    try {
      return new Child(name, log, builder.start());
    } catch (IOException e) {
      throw new Unavailable(
          command.get(0) + " cannot be started (" + e.getMessage() + "); is it installed?");
    }
  }

  /** The name that it was given. */
  public String name() {
    return name;
  }

  /**
   * Has it get ready for a problem.
   *
   * @param problem written as JSON
   * @throws Unavailable if it cannot measure this problem
   * @throws IOException if it fails otherwise
   */
  public Ready prepare(Object problem) throws IOException, Unavailable {
    JsonNode answer = ask("prepare", problem);
    if (answer.has("unavailable")) {
      throw new Unavailable(answer.get("unavailable").asText());
    }
    return Json.MAPPER.treeToValue(answer, Ready.class);
  }

  /**
   * Runs a variant once.
   *
   * @return what it tells besides the time, by name
   * @throws IOException if it fails
   */
  public Map<String, Double> facts(String variant) throws IOException {
    Map<String, Double> facts = new TreeMap<>();
    expect(ask("facts", variant), "facts")
        .fields()
        .forEachRemaining(fact -> facts.put(fact.getKey(), fact.getValue().asDouble()));
    return facts;
  }

  /**
   * Runs a variant once.
   *
   * @return seconds
   * @throws IOException if it fails
   */
  public double run(String variant) throws IOException {
    return expect(ask("run", variant), "seconds").asDouble();
  }

  private JsonNode expect(JsonNode answer, String field) throws IOException {
    JsonNode value = answer.get(field);
    if (value == null) {
      throw failure("answered " + answer + ", expected " + field);
    }
    return value;
  }

  private JsonNode ask(String command, Object argument) throws IOException {
    // a process that is killed answers with the end of its output
    CompletableFuture<Void> patience =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    String line;
    try {
      commands.write(Json.MAPPER.writeValueAsString(Map.of(command, argument)) + "\n");
      commands.flush();
      line = answers.readLine();
    } catch (IOException e) {
      throw failure("ended (" + e.getMessage() + ")");
    } finally {
      patience.cancel(false);
    }
    if (line == null) {
      throw failure("ended, or was ended after " + PATIENCE.toMinutes() + " minutes,");
    }
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw failure("answered \"" + line + "\", which is no JSON,");
    }
    if (answer.has("error")) {
      throw failure("failed with \"" + answer.get("error").asText() + "\"");
    }
    return answer;
  }

  private IOException failure(String what) {
    return new IOException(name + " " + what + "; see " + log + ".");
  }

  /** Ends the process: its input is over. */
  @Override
  public void close() throws IOException {
    try {
      commands.close();
    } catch (IOException e) {
      // it has ended already
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    answers.close();
  }
}
