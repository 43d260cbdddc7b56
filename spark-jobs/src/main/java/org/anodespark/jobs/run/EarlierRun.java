/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;

/** Compares the settings of the run that a directory holds with those of today. */
public final class EarlierRun {
  private static final String SWEEP = "sweep";
  private static final String NEW_FOLDER = "set run.dir to a new folder";

  private EarlierRun() {}

  /**
   * Whether a run with these settings could come to something else than the one in a directory, or
   * measure it otherwise.
   *
   * @return false, too, if the directory does not tell its settings
   * @throws JobFailure with exit code 2 if they are damaged, 3 if they cannot be read
   */
  public static boolean differs(RunDirectory directory, Config settings) {
    return directory.exists(RunDirectory.RESOLVED_SETTINGS)
        && changes(directory, settings).anyMatch(SettingChange::mayChangeMeasures);
  }

  private static Stream<SettingChange> changes(RunDirectory directory, Config now) {
    return SettingChange.between(SettingsFile.read(directory, NEW_FOLDER), now).stream();
  }

  /**
   * Refuses to continue the run that a directory holds if that is another.
   *
   * @throws JobFailure with exit code 2 when it holds a run of another job, or settings differ that
   *     neither leave the result alone nor are allowed to change
   */
  static void refuseUnlessContinuable(RunDirectory directory, JobContext context) {
    if (directory.exists(RunDirectory.SUMMARY)) {
      JsonNode job =
          directory.readJson(RunDirectory.SUMMARY, JsonNode.class, NEW_FOLDER).path("job");
      if (!job.asText().equals(context.name())) {
        throw JobFailure.badConfiguration(
            "The run directory %s already holds a run of the job %s: set run.dir to a new folder."
                .formatted(directory.location(), job.asText()));
      }
    }
    if (directory.exists(RunDirectory.RESOLVED_SETTINGS)) {
      refuseChanges(directory, context);
    }
  }

  private static void refuseChanges(RunDirectory directory, JobContext context) {
    List<SettingChange> changes =
        changes(directory, context.resolved())
            .filter(
                // a ledger keeps its measures; what others have trained is measured again
                context.name().equals(SWEEP)
                    ? SettingChange::mayChangeMeasures
                    : SettingChange::mayChangeTheResult)
            .filter(change -> !context.allowedChanges().contains(change.key()))
            .toList();
    if (!changes.isEmpty()) {
      throw JobFailure.badConfiguration(
          "The run in %s was begun with other settings (%s): to continue it with the new ones, add %s; or set run.dir to a new folder."
              .formatted(
                  directory.location(),
                  changes.stream().map(SettingChange::toString).collect(Collectors.joining(", ")),
                  changes.stream()
                      .map(change -> "--allow-change " + change.key())
                      .collect(Collectors.joining(" "))));
    }
  }
}
