/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code metrics.jsonl}: one JSON object per line, in the order in which things happened. The whole
 * file is written anew when it is published, since many file systems cannot append.
 */
public final class MetricsLog {
  private final RunDirectory directory;
  private final List<String> lines = new ArrayList<>();

  /** Goes on with what the file holds, if there is one. */
  public MetricsLog(RunDirectory directory) {
    this.directory = directory;
    if (directory.exists(RunDirectory.METRICS)) {
      new String(directory.read(RunDirectory.METRICS), StandardCharsets.UTF_8)
          .lines()
          .forEach(lines::add);
    }
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
   * Keeps only the lines that satisfy a condition.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when a line is damaged
   */
  public void retain(Predicate<JsonNode> condition) {
    lines.removeIf(
        line ->
            !condition.test(
                directory.parseJson(
                    RunDirectory.METRICS,
                    line.getBytes(StandardCharsets.UTF_8),
                    JsonNode.class,
                    "delete it to go on without what it tells of earlier epochs, or set run.dir to a new folder")));
  }

  /**
   * Writes the file with all lines so far.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public void publish() {
    directory.write(
        RunDirectory.METRICS, lines.stream().map(line -> line + "\n").collect(joining()));
  }
}
