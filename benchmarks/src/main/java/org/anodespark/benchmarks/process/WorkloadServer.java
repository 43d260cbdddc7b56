/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.anodespark.benchmarks.report.Json;

/** A child's end: answers commands from one stream on another until there are no more. */
public final class WorkloadServer {
  private WorkloadServer() {}

  /**
   * Serves on the standard streams. Whatever else is written to the standard output goes to the
   * standard error stream from now on, so that no library can disturb the answers.
   *
   * @throws IOException if the parent cannot be read
   */
  public static void serve(Workload<?> workload) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    serve(workload, new InputStreamReader(System.in, StandardCharsets.UTF_8), answers);
  }

  /** As {@link #serve(Workload)}, on given streams. */
  static void serve(Workload<?> workload, Reader commands, PrintStream answers) throws IOException {
    BufferedReader lines = new BufferedReader(commands);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(Json.MAPPER.writeValueAsString(answer(workload, line)));
      answers.flush();
    }
  }

  private static <P> Object answer(Workload<P> workload, String line) {
    try {
      JsonNode command = Json.MAPPER.readTree(line);
      if (command.has("prepare")) {
        return workload.prepare(
            Json.MAPPER.treeToValue(command.get("prepare"), workload.problemType()));
      }
      if (command.has("facts")) {
        return Map.of("facts", workload.facts(command.get("facts").asText()));
      }
      if (command.has("run")) {
        return Map.of("seconds", workload.run(command.get("run").asText()));
      }
      return Map.of("error", "No such command: " + line);
    } catch (Unavailable e) {
      return Map.of("unavailable", e.getMessage());
    } catch (IOException | RuntimeException | LinkageError e) {
      e.printStackTrace();
      return Map.of("error", e.toString());
    }
  }
}
