/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run directory tells of a run, which may still be going on.
 *
 * @param location the directory's address
 * @param settings of {@code resolved.conf}, in words, by key
 * @param summary {@code summary.json}; missing while the first attempt at the run goes on
 * @param metrics the lines of {@code metrics.jsonl} in turn; none for runs that have no such file
 * @param evaluation {@code evaluation.json}, or missing
 * @param mistakes {@code mistakes.json}, or missing
 */
public record RecordedRun(
    String location,
    SortedMap<String, String> settings,
    JsonNode summary,
    List<MetricsPoint> metrics,
    JsonNode evaluation,
    JsonNode mistakes) {
  private static final String EVALUATION = "evaluation.json";
  private static final String ADVICE = "leave this run out";

  public RecordedRun {
    metrics = List.copyOf(metrics);
  }

  /**
   * Reads a run.
   *
   * @param hadoop where file systems are configured
   * @param path a path of any Hadoop file system
   * @throws JobFailure with exit code 2 when there is no run or a file of it is damaged, 3 when a
   *     file cannot be read
   */
  public static RecordedRun read(Configuration hadoop, String path) {
    RunDirectory directory = RunDirectory.existing(hadoop, path);
    if (!directory.exists(RunDirectory.RESOLVED_SETTINGS)) {
      throw JobFailure.badConfiguration(
          "There is no run in %s: expected a folder with %s."
              .formatted(directory.location(), RunDirectory.RESOLVED_SETTINGS));
    }
    return of(directory, json(directory, RunDirectory.SUMMARY));
  }

  /**
   * Reads the metrics of a run alone.
   *
   * @param hadoop where file systems are configured
   * @param path a path of any Hadoop file system
   * @return its lines in turn; none if there is no such file
   * @throws JobFailure with exit code 2 when the file is damaged, 3 when it cannot be read
   */
  public static List<MetricsPoint> metrics(Configuration hadoop, String path) {
    return metrics(RunDirectory.existing(hadoop, path));
  }

  /**
   * Reads a run that is about to write its summary.
   *
   * @param summary what {@code summary.json} is going to hold
   * @throws JobFailure as {@link #read}
   */
  public static RecordedRun ending(RunDirectory directory, String summary) {
    return of(directory, Json.parse(summary.getBytes(StandardCharsets.UTF_8), JsonNode.class));
  }

  private static RecordedRun of(RunDirectory directory, JsonNode summary) {
    return new RecordedRun(
        directory.location(),
        SettingsFile.values(SettingsFile.read(directory, ADVICE)),
        summary,
        metrics(directory),
        json(directory, EVALUATION),
        json(directory, RunDirectory.MISTAKES));
  }

  private static List<MetricsPoint> metrics(RunDirectory directory) {
    if (!directory.exists(RunDirectory.METRICS)) {
      return List.of();
    }
    return new String(directory.read(RunDirectory.METRICS), StandardCharsets.UTF_8)
        .lines()
        .map(
            line ->
                directory.parseJson(
                    RunDirectory.METRICS,
                    line.getBytes(StandardCharsets.UTF_8),
                    JsonNode.class,
                    ADVICE))
        .map(MetricsPoint::of)
        .toList();
  }

  private static JsonNode json(RunDirectory directory, String name) {
    return directory.exists(name)
        ? directory.readJson(name, JsonNode.class, ADVICE)
        : MissingNode.getInstance();
  }
}
