/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A file of a run with one JSON object per line, in the order in which things happened. The whole
 * file is written anew when it is published, since many file systems cannot append.
 */
public final class JsonLinesFile {
  private final RunDirectory directory;
  private final String name;
  private final String advice;
  private final List<String> lines = new ArrayList<>();

  /**
   * Goes on with what the file holds, if there is one.
   *
   * @param name of the file, relative to the directory
   * @param advice what to do when a line is damaged
   */
  public JsonLinesFile(RunDirectory directory, String name, String advice) {
    this.directory = directory;
    this.name = name;
    this.advice = advice;
    if (directory.exists(name)) {
      new String(directory.read(name), StandardCharsets.UTF_8).lines().forEach(lines::add);
    }
  }

  /** {@code metrics.jsonl} of a training. */
  public static JsonLinesFile metrics(RunDirectory directory) {
    return new JsonLinesFile(
        directory,
        RunDirectory.METRICS,
        "delete it to go on without what it tells of earlier epochs, or set run.dir to a new"
            + " folder");
  }

  /**
   * Adds a line; it is in the file after the next {@link #publish()}.
   *
   * @param line a record or a map that becomes a JSON object
   */
  public void add(Object line) {
    lines.add(Json.line(line));
  }

  /**
   * All lines so far.
   *
   * @param type what each becomes
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when a line is damaged
   */
  public <T> List<T> read(Class<T> type) {
    return lines.stream().map(line -> parse(line, type)).toList();
  }

  /**
   * Keeps only the lines that satisfy a condition.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when a line is damaged
   */
  public void retain(Predicate<JsonNode> condition) {
    lines.removeIf(line -> !condition.test(parse(line, JsonNode.class)));
  }

  private <T> T parse(String line, Class<T> type) {
    return directory.parseJson(name, line.getBytes(StandardCharsets.UTF_8), type, advice);
  }

  /**
   * Writes the file with all lines so far.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public void publish() {
    directory.write(name, lines.stream().map(line -> line + "\n").collect(joining()));
  }
}
