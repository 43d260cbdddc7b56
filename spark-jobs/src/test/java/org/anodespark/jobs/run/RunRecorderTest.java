/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {
  @TempDir Path folder;
  private JobContext context;

  @BeforeEach
  void setUp() {
    context = TestContexts.of(TestSettings.in(folder.toString()));
  }

  @Test
  void settingsAreThereBeforeTheWorkAndTheSummaryAfterIt() throws IOException {
    RunRecorder.record(
        context,
        recorder -> {
          assertThat(folder.resolve("resolved.conf")).hasContent("seed=7\n");
          assertThat(folder.resolve("summary.json")).doesNotExist();
          recorder.details(() -> Map.of("shards", 3));
        });

    JsonNode summary = summary();
    assertThat(summary.get("job").asText()).isEqualTo("train");
    assertThat(summary.get("status").asText()).isEqualTo("done");
    assertThat(summary.get("seed").asLong()).isEqualTo(7);
    assertThat(summary.get("config_hash").asText()).isEqualTo(ConfigHash.of(context.settings()));
    assertThat(summary.get("seconds").asDouble()).isPositive();
    assertThat(summary.get("shards").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsMadeOfTheSummaryIsThereBeforeIt() throws IOException {
    RunRecorder.record(
        context,
        recorder ->
            recorder.beforeSummary(
                summary -> {
                  assertThat(folder.resolve("summary.json")).doesNotExist();
                  recorder.directory().write("copy.json", summary);
                }));

    assertThat(Files.readString(folder.resolve("copy.json")))
        .isEqualTo(Files.readString(folder.resolve("summary.json")));
  }

  @Test
  void aRunIsDoneThoughNothingCouldBeMadeOfItsSummary() throws IOException {
    RunRecorder.record(
        context,
        recorder ->
            recorder.beforeSummary(
                summary -> {
                  throw new IllegalStateException("no chart");
                }));

    assertThat(summary().get("status").asText()).isEqualTo("done");
  }

  @Test
  void aFailureIsRecordedWithWhatWasDoneBeforeAndThrownOn() throws IOException {
    JobFailure failure = new JobFailure(ExitCode.GAVE_UP, "Gave up after 4 tries.");

    assertThatThrownBy(
            () ->
                RunRecorder.record(
                    context,
                    recorder -> {
                      recorder.details(() -> Map.of("rounds", 3));
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(summary().get("status").asText()).isEqualTo("failed");
    assertThat(summary().get("reason").asText()).isEqualTo("Gave up after 4 tries.");
    assertThat(summary().get("rounds").asInt()).isEqualTo(3);
  }

  @Test
  void divergenceHasItsOwnStatus() throws IOException {
    assertThatThrownBy(
            () ->
                RunRecorder.record(
                    context,
                    recorder -> {
                      throw new JobFailure(ExitCode.DIVERGED, "The loss is NaN.");
                    }))
        .isInstanceOf(JobFailure.class);

    assertThat(summary().get("status").asText()).isEqualTo("diverged");
  }

  @Test
  void aDefectIsRecordedToo() throws IOException {
    assertThatThrownBy(
            () ->
                RunRecorder.record(
                    context,
                    recorder -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(summary().get("status").asText()).isEqualTo("failed");
    assertThat(summary().get("reason").asText()).isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aSecondRunIsRefusedAndTheFirstOnesSummaryStays() throws IOException {
    RunRecorder.record(context, recorder -> recorder.details(() -> Map.of("run", "first")));

    assertThatThrownBy(
            () ->
                RunRecorder.record(
                    context, recorder -> recorder.details(() -> Map.of("run", "second"))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("already holds a run");

    assertThat(summary().get("run").asText()).isEqualTo("first");
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("summary.json")));
  }
}
