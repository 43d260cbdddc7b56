/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.report.Json;
import org.junit.jupiter.api.Test;

class WorkloadServerTest {
  private record Sizes(int rows) {}

  /** Runs for as many seconds as it has rows. */
  private static final class Rows implements Workload<Sizes> {
    private int rows;

    @Override
    public Class<Sizes> problemType() {
      return Sizes.class;
    }

    @Override
    public Ready prepare(Sizes problem) throws Unavailable {
      if (problem.rows() > 9) {
        throw new Unavailable("Too many rows.");
      }
      rows = problem.rows();
      return new Ready("engine 1.0", List.of(new Ready.Variant("fast", "work")));
    }

    @Override
    public Map<String, Double> facts(String variant) {
      return Map.of("rows", (double) rows);
    }

    @Override
    public double run(String variant) {
      if (!variant.equals("fast")) {
        throw new IllegalStateException("no variant " + variant);
      }
      return rows;
    }
  }

  @Test
  void answersEachCommandWithALine() throws IOException {
    assertThat(answers("{\"prepare\":{\"rows\":3}}", "{\"facts\":\"fast\"}", "{\"run\":\"fast\"}"))
        .containsExactly(
            "{\"engine\":\"engine 1.0\","
                + "\"variants\":[{\"name\":\"fast\",\"work\":\"work\",\"precision\":\"float32\"}]}",
            "{\"facts\":{\"rows\":3.0}}",
            "{\"seconds\":3.0}");
  }

  @Test
  void tellsWhatItCannotMeasure() throws IOException {
    assertThat(answers("{\"prepare\":{\"rows\":10}}"))
        .containsExactly("{\"unavailable\":\"Too many rows.\"}");
  }

  @Test
  void answersFailuresAndGoesOn() throws IOException {
    List<String> answers = answers("{\"run\":\"slow\"}", "{\"walk\":1}", "}", "{\"run\":\"fast\"}");
    assertThat(answers).hasSize(4);
    assertThat(error(answers.get(0))).contains("no variant slow");
    assertThat(error(answers.get(1))).isEqualTo("No such command: {\"walk\":1}");
    assertThat(error(answers.get(2))).contains("Unexpected close marker");
    assertThat(answers.get(3)).isEqualTo("{\"seconds\":0.0}");
  }

  private static String error(String answer) throws IOException {
    return Json.MAPPER.readTree(answer).get("error").asText();
  }

  private static List<String> answers(String... commands) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WorkloadServer.serve(
        new Rows(),
        new StringReader(String.join("\n", commands)),
        new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
