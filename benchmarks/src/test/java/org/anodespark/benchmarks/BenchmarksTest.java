/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.anodespark.benchmarks.report.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarksTest {
  @TempDir private Path folder;

  @Test
  void measuresABlock() throws IOException {
    assertThat(
            Benchmarks.execute(
                "block",
                folder.toString(),
                "--blocks=2x4x2x1",
                "--batch=8",
                "--without=libtorch",
                "--python=/nowhere/python3",
                "--warm-up=0",
                "--rounds=1"))
        .isZero();
    assertThat(folder.resolve("block.md"))
        .content()
        .contains(
            "## C = 2, H = 4, N = 8, 1 steps of euler",
            "| odelayers, FullStorage | FullStorage | float32 |",
            "| odelayers, AnodeCheckpoint | AnodeCheckpoint | float32 |",
            "| Deeplearning4j's own layers, ComputationGraph | FullStorage | float32 |",
            "Not measured: python. /nowhere/python3 cannot be started");
    JsonNode block = Json.MAPPER.readTree(folder.resolve("block.json").toFile()).at("/blocks/0");
    assertThat(block.at("/problem/batch").asInt()).isEqualTo(8);
    assertThat(block.at("/contenders/2/seconds/values")).hasSize(1);
    assertThat(block.at("/contenders/0/peak_saved_bytes").asLong()).isPositive();
    assertThat(folder.resolve("block.png")).isNotEmptyFile();
  }

  @Test
  void measuresKernels() throws IOException {
    assertThat(
            Benchmarks.execute(
                "kernels",
                folder.toString(),
                "--shapes=2x4x2",
                "--warm-up=0",
                "--iterations=1",
                "--milliseconds=20",
                "--processes=0"))
        .isZero();
    assertThat(folder.resolve("kernels.md"))
        .content()
        .contains(
            "| convolutionForward | nd4j | 2x4x2 |",
            "| convolutionBackward | onednn | 2x4x2 |",
            "| convolutionBackward | onednn-bf16 | 2x4x2 |",
            "| denseForward | onednn | 2x4x2 |",
            "| sumOfFive | onednn | 2x4x2 |",
            "| batchNormForward | nd4j | 2x4x2 |",
            "| batchNormBackward | nd4j | 2x4x2 |",
            "| groupNormBackward | onednn-bf16 | 2x4x2 |");
    assertThat(Json.MAPPER.readTree(folder.resolve("kernels.json").toFile()).get("kernels"))
        .hasSize(3 * (2 + 4 + 2 + 8));
  }

  @Test
  void measuresTraining() throws IOException {
    assertThat(
            Benchmarks.execute(
                "train",
                folder.toString(),
                "--widths=2,2",
                "--batch=8",
                "--iterations=1",
                "--warm-up=0",
                "--rounds=2",
                "--spark-rounds=0"))
        .isZero();
    assertThat(Files.readString(folder.resolve("train.md")))
        .contains("| odelayers, AnodeCheckpoint, bf16 |", "| Deeplearning4j's own layers,")
        .doesNotContain("## On Spark");
    assertThat(
            Json.MAPPER
                .readTree(folder.resolve("train.json").toFile())
                .at("/networks/0/images_per_second/values"))
        .hasSize(2);
    assertThat(folder.resolve("train.png")).isNotEmptyFile();
  }

  static Stream<Arguments> wrongCommandLines() {
    return Stream.of(
        Arguments.of(new String[] {}, "Missing required subcommand"),
        Arguments.of(new String[] {"block", "--blocks=64x32"}, "'64x32' is no block"),
        Arguments.of(new String[] {"block", "--batch=1"}, "batch = 1, expected at least 2."),
        Arguments.of(new String[] {"block", "--rounds=0"}, "rounds = 0, expected at least 1."),
        Arguments.of(new String[] {"block", "--strategies=anode"}, "'anode' is no strategy"),
        Arguments.of(new String[] {"block", "--without=jax"}, "[STOCK, LIBTORCH, PYTHON]"),
        Arguments.of(new String[] {"kernels", "--shapes=3"}, "'3' is no shape"),
        Arguments.of(new String[] {"train", "--widths=16,32"}, "expected 3 of them on Spark"),
        Arguments.of(new String[] {"train", "--epochs=0"}, "epochs = 0, expected at least 1."));
  }

  @ParameterizedTest
  @MethodSource("wrongCommandLines")
  void endsWithTwoIfTheCommandLineIsWrong(String[] arguments, String message) {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      assertThat(Benchmarks.execute(arguments)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains(message).contains("--help");
  }
}
