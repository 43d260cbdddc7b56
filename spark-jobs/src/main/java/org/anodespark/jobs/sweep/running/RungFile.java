/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anodespark.jobs.run.RunDirectory;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code rung-0009.json} in the folder of a training: what was measured when it had reached that
 * rung. Who trains writes it, so that a driver that comes later does not have it trained again.
 */
final class RungFile {
  private RungFile() {}

  private record Measured(Map<String, Double> measures) {}

  /**
   * Writes it.
   *
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 3 when it cannot be written
   */
  static void write(
      Configuration hadoop, String directory, int epochs, Map<String, Double> measures) {
    RunDirectory.open(hadoop, directory)
        .writeJson(name(epochs), new Measured(new LinkedHashMap<>(measures)));
  }

  /**
   * Reads it.
   *
   * @return nothing if there is none yet
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 when it is damaged, 3 when it
   *     cannot be read
   */
  static Optional<Map<String, Double>> read(Configuration hadoop, String directory, int epochs) {
    RunDirectory folder = RunDirectory.existing(hadoop, directory);
    return folder.exists(name(epochs))
        ? Optional.of(
            folder
                .readJson(
                    name(epochs),
                    Measured.class,
                    "delete it, and the training is measured once more")
                .measures())
        : Optional.empty();
  }

  private static String name(int epochs) {
    return String.format(Locale.ROOT, "rung-%04d.json", epochs);
  }
}
