/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
  @TempDir private Path folder;

  private record Outcome(int exitCode, String errors) {}

  @Test
  void drawsReversals() throws IOException {
    assertThat(run("reversal", folder.toString()).exitCode()).isZero();
    assertHolds("scalar-rectifier.png", "gaussian-rectifier.png", "ring-image.png");
    assertThat(folder.resolve("reversal.md")).content().contains("convolution, softplus | Euler");
  }

  @Test
  void drawsInconsistentGradients() throws IOException {
    assertThat(run("consistency", folder.toString()).exitCode()).isZero();
    assertHolds("consistency.png");
    assertThat(folder.resolve("consistency.md"))
        .content()
        .contains("| Euler | 1 | 7.97e-01 | 0.717397 | 4.31e-03 |");
  }

  @Test
  void measuresCosts() throws IOException {
    Outcome outcome =
        run(
            "costs",
            folder.toString(),
            "--channels=2",
            "--size=3",
            "--batch=2",
            "--steps=2,4",
            "--methods=euler,DormandPrince",
            "--warm-up=0",
            "--repetitions=1");
    assertThat(outcome.exitCode()).isZero();
    assertHolds("memory.png", "time.png");
    assertThat(folder.resolve("costs.md"))
        .content()
        .contains("## Euler", "## DormandPrince", "| AnodeCheckpoint | 4 | 4 | 4 | 4 |");
  }

  static Stream<Arguments> wrongCommandLines() {
    return Stream.of(
        Arguments.of(new String[] {"reverse"}, "Unmatched argument at index 0: 'reverse'"),
        Arguments.of(new String[] {}, "Missing required subcommand"),
        Arguments.of(new String[] {"reversal", "--steps=2"}, "Unknown option: '--steps=2'"),
        Arguments.of(new String[] {"costs", "--methods=rk4"}, "'rk4' is no method"),
        Arguments.of(new String[] {"costs", "--steps=4,0"}, "steps = 0, expected at least 1."),
        Arguments.of(new String[] {"costs", "--batch=0"}, "batch = 0, expected at least 1."));
  }

  @ParameterizedTest
  @MethodSource("wrongCommandLines")
  void endsWithTwoIfTheCommandLineIsWrong(String[] arguments, String message) {
    Outcome outcome = run(arguments);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors()).contains(message).contains("--help");
  }

  @Test
  void endsWithOneIfTheFolderCannotBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Outcome outcome = run("consistency", file.resolve("below").toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errors()).contains("cannot be made").contains("name another one");
  }

  private static Outcome run(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Examples.execute(arguments);
      return new Outcome(exitCode, errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  private void assertHolds(String... pictures) throws IOException {
    for (String name : pictures) {
      BufferedImage picture = ImageIO.read(folder.resolve(name).toFile());
      assertThat(picture.getWidth()).isGreaterThan(400);
      assertThat(picture.getHeight()).isGreaterThan(400);
    }
  }
}
