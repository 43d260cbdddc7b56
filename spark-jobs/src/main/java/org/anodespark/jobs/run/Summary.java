/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The outcome of a run, as it goes into {@code summary.json}. Keys are the components' names with
 * underscores ({@code config_hash}); those of the details follow on the same level.
 *
 * @param job the job's name
 * @param status how it ended
 * @param reason one sentence, or null when the status is done
 * @param seed the run's seed
 * @param configHash see {@link ConfigHash}
 * @param started when the run began
 * @param seconds how long it took by the wall clock
 * @param details what this job adds: a record or a map that becomes a JSON object, or null
 */
public record Summary(
    String job,
    RunStatus status,
    String reason,
    long seed,
    String configHash,
    Instant started,
    double seconds,
    Object details) {

  /**
   * The text of {@code summary.json}.
   *
   * @throws IllegalArgumentException when the details do not become a JSON object
   */
  public String toJson() {
    Common common =
        new Common(
            job,
            status,
            reason,
            seed,
            configHash,
            started.truncatedTo(ChronoUnit.SECONDS).toString(),
            seconds);
    ObjectNode all = (ObjectNode) Json.tree(common);
    if (details != null) {
      JsonNode added = Json.tree(details);
      if (!added.isObject()) {
        throw new IllegalArgumentException("summary details are not a JSON object: " + added);
      }
      all.setAll((ObjectNode) added);
    }
    return Json.indented(all);
  }

  private record Common(
      String job,
      RunStatus status,
      String reason,
      long seed,
      String configHash,
      String started,
      double seconds) {}
}
