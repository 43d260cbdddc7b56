/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.benchmarks.report.Json;

/**
 * Runs jobs by the command line that users have.
 *
 * @param submitScript the command line
 * @param log gets what the jobs write, added at its end
 */
record SparkJobs(Path submitScript, Path log) {
  /**
   * Runs a job to its end.
   *
   * @param job its name
   * @param runDirectory where it writes its summary; not there yet
   * @param overrides settings, KEY=VALUE each
   * @return the summary
   * @throws IOException if the job fails
   */
  JsonNode run(String job, Path runDirectory, List<String> overrides) throws IOException {
    List<String> command = new ArrayList<>(List.of(submitScript.toString(), job));
    overrides.forEach(override -> command.addAll(List.of("--set", override)));
    command.addAll(List.of("--set", "run.dir=" + runDirectory));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IOException(
            "The job " + job + " ended with exit code " + exitCode + "; see " + log + ".");
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted in the job " + job + ".");
    }
    return Json.MAPPER.readTree(Files.readString(runDirectory.resolve("summary.json")));
  }
}
