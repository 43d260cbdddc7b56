/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A small training by two workers, to be run in many places and compared. */
final class ClusterTraining {
  /** What {@code summary.json} says of its three epochs of 400 examples. */
  static final String ALL_EXAMPLES = "\"examples_seen\" : 1200";

  private ClusterTraining() {}

  /**
   * Three epochs of five rounds, with a checkpoint after each.
   *
   * @param run the run directory
   * @param data the folder of the shards
   * @param more settings, {@code key=value}
   */
  static List<String> arguments(String run, String data, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "run.dir=" + run,
                "data.path=" + data,
                "data.builtin.train=400",
                "data.builtin.test=50",
                "model.widths=[4,4,4]",
                "train.epochs=3",
                "train.batch-size=20",
                "averaging.frequency=2",
                "checkpoint.every-rounds=1"));
    settings.addAll(List.of(more));
    List<String> arguments = new ArrayList<>(List.of("train"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  /** One of the executors' processes of a job on this machine. */
  static ProcessHandle executor(Process job) {
    return job.descendants()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .map(line -> line.contains("CoarseGrainedExecutorBackend"))
                    .orElse(false))
        .findFirst()
        .orElseThrow();
  }

  /** The parameters in {@code model.zip}, as they are in the file. */
  static byte[] parameters(byte[] model) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(model))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals("coefficients.bin")) {
          return in.readAllBytes();
        }
      }
    }
    throw new IOException("no coefficients.bin");
  }
}
