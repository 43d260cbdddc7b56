/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.Optional;
import org.anodespark.jobs.run.RunDirectory;
import org.apache.hadoop.conf.Configuration;

/** {@code result.json} in a cell's folder: the last file of a cell that has run to its end. */
final class ResultFile {
  private static final String NAME = "result.json";

  private ResultFile() {}

  /**
   * Writes it.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  static void write(Configuration hadoop, String directory, CellResult result) {
    RunDirectory.open(hadoop, directory).writeJson(NAME, result);
  }

  /**
   * Reads it.
   *
   * @return nothing if there is none yet
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when it is damaged, 3 when it
   *     cannot be read
   */
  static Optional<CellResult> read(Configuration hadoop, String directory) {
    RunDirectory folder = RunDirectory.existing(hadoop, directory);
    return folder.exists(NAME)
        ? Optional.of(
            folder.readJson(
                NAME, CellResult.class, "delete it, and the cell is finished once more"))
        : Optional.empty();
  }
}
