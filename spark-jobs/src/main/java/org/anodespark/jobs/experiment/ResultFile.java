/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.Optional;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.run.EarlierRun;
import org.anodespark.jobs.run.RunDirectory;
import org.apache.hadoop.conf.Configuration;

/** {@code result.json} in a cell's folder: the last file of a cell that has run to its end. */
final class ResultFile {
  private static final String NAME = "result.json";

  private ResultFile() {}

  /**
   * Writes it, behind the settings that it came of.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  static void write(Configuration hadoop, ResolvedSettings settings, CellResult result) {
    RunDirectory folder = RunDirectory.open(hadoop, settings.settings().run().dir());
    if (!folder.exists(RunDirectory.RESOLVED_SETTINGS)
        || EarlierRun.differs(folder, settings.config())) {
      folder.write(RunDirectory.RESOLVED_SETTINGS, settings.rendered());
    }
    folder.writeJson(NAME, result);
  }

  /**
   * Reads it.
   *
   * @return nothing if there is none yet, or one of settings that may come to something else
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when it is damaged, 3 when it
   *     cannot be read
   */
  static Optional<CellResult> read(Configuration hadoop, ResolvedSettings settings) {
    RunDirectory folder = RunDirectory.existing(hadoop, settings.settings().run().dir());
    return folder.exists(NAME) && !EarlierRun.differs(folder, settings.config())
        ? Optional.of(
            folder.readJson(
                NAME, CellResult.class, "delete it, and the cell is finished once more"))
        : Optional.empty();
  }
}
