/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SparkSecrets;

/** {@code best.conf}: the settings of the best trial, for {@code train --conf}. */
public final class BestSettings {
  /** Name of the file in a run directory. */
  public static final String FILE = "best.conf";

  private BestSettings() {}

  /**
   * The text of the file: all that is not as in {@code reference.conf}, but for the run directory
   * and for secrets, which nobody but the cluster knows.
   *
   * @param settings of the trial
   * @param comment what the trial is, on one line
   */
  public static String of(ResolvedSettings settings, String comment) {
    Config differences = settings.differences().withoutPath("run.dir");
    for (var entry : differences.entrySet()) {
      if (String.valueOf(entry.getValue().unwrapped()).equals(SparkSecrets.MASK)) {
        differences = differences.withoutPath(entry.getKey());
      }
    }
    return "# "
        + comment
        + "\n#\n#   ./submit.sh train --conf best.conf\n\n"
        + differences
            .root()
            .render(
                ConfigRenderOptions.defaults()
                    .setOriginComments(false)
                    .setComments(false)
                    .setJson(false));
  }
}
