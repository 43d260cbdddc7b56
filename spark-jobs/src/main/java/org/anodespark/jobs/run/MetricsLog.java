/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

/**
 * {@code metrics.jsonl}: one JSON object per line, in the order in which things happened. The whole
 * file is written anew when it is published, since many file systems cannot append.
 */
public final class MetricsLog {
  private final RunDirectory directory;
  private final StringBuilder lines = new StringBuilder();

  public MetricsLog(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Adds a line; it is in the file after the next {@link #publish()}.
   *
   * @param line a record or a map that becomes a JSON object
   */
  public void add(Object line) {
    lines.append(Json.line(line)).append('\n');
  }

  /**
   * Writes the file with all lines so far.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  public void publish() {
    directory.write(RunDirectory.METRICS, lines.toString());
  }
}
