/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.train.TrainJob;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rounds of training, from the settings of a block to what the run tells of its solves. */
class BlockTrainingTest {
  @TempDir private static Path shared;

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void equalStepsAreCounted() throws IOException {
    train("model.block.steps=4");

    // 4 minibatches of 4 steps, each of 1 evaluation in the forward and 1 in the backward pass
    JsonNode ode = summary().at("/ode/ode1");
    assertThat(ode.get("forward_evaluations").asLong()).isEqualTo(4 * 4);
    assertThat(ode.get("recomputed_evaluations").asLong()).isEqualTo(4 * 4);
    assertThat(ode.get("pullbacks").asLong()).isEqualTo(4 * 4);
    assertThat(ode.get("pushforwards").asLong()).isZero();
    assertThat(ode.get("accepted_steps").asLong()).isEqualTo(4 * 4);
    assertThat(ode.get("rejected_steps").asLong()).isZero();
    assertThat(ode.get("shortest_step").asDouble()).isEqualTo(ode.get("longest_step").asDouble());
    assertThat(ode.has("reconstruction_error")).isFalse();
  }

  @Test
  void theLastBlockRecomputesNothing() throws IOException {
    train("model.block.steps=4");

    JsonNode ode = summaryOfTheLastBlock();
    assertThat(ode.get("forward_evaluations").asLong()).isEqualTo(4 * 4);
    assertThat(ode.get("recomputed_evaluations").asLong()).isZero();
  }

  @Test
  void adaptiveStepsTrain() throws IOException {
    train("model.block.solver=dormand-prince", "model.block.steps=0");

    JsonNode ode = summaryOfTheLastBlock();
    assertThat(ode.get("accepted_steps").asLong()).isGreaterThanOrEqualTo(4);
    assertThat(ode.get("longest_step").asDouble())
        .isGreaterThan(0)
        .isLessThanOrEqualTo(1)
        .isGreaterThanOrEqualTo(ode.get("shortest_step").asDouble());
    assertThat(ode.has("reconstruction_error")).isFalse();
  }

  @Test
  void reverseTimeTrainsAndTellsHowFarItWasOff() throws IOException {
    train("model.block.adjoint=reverse-time");

    assertThat(summaryOfTheLastBlock().get("reconstruction_error").isNumber()).isTrue();
    List<JsonNode> rounds =
        metrics().filter(line -> line.path("type").asText().equals("round")).toList();
    assertThat(rounds).hasSize(2);
    assertThat(rounds)
        .allSatisfy(
            round -> assertThat(round.at("/ode/ode3/reconstruction_error").isNumber()).isTrue());
  }

  @Test
  void tooManyStepsEndTheTrainingAsDiverged() throws IOException {
    assertThatThrownBy(
            () ->
                train(
                    "model.block.solver=tsitouras",
                    "model.block.steps=0",
                    "model.block.adaptive.maximum-steps=1"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageStartingWith("Training diverged in epoch 1 round 1/2: ODE block \"ode1\"")
        .hasMessageContaining("1 trial steps");

    assertThat(summary().get("status").asText()).isEqualTo("diverged");
  }

  private void train(String... blockSettings) {
    List<String> overrides =
        Stream.concat(
                Stream.of(
                    "run.dir=" + folder.resolve("run"),
                    "data.path=" + shared.resolve("builtin-images"),
                    "data.builtin.train=40",
                    "data.builtin.test=10",
                    "model.widths=[2, 2, 2]",
                    "averaging.frequency=1",
                    "train.epochs=1",
                    "train.batch-size=10"),
                Stream.of(blockSettings))
            .toList();
    Settings settings = SettingsLoader.load(new SettingSources(List.of(), overrides)).settings();
    new TrainJob(new OdeNetworkFactory(), new OdeBlockStatistics())
        .run(TestContexts.of(settings, spark, new ByteArrayOutputStream()));
  }

  private JsonNode summaryOfTheLastBlock() throws IOException {
    return summary().at("/ode/ode3");
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("run/summary.json").toFile());
  }

  private Stream<JsonNode> metrics() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("run/metrics.jsonl"))) {
      lines.add(json.readTree(line));
    }
    return lines.stream();
  }
}
