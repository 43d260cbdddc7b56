/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.anodespark.jobs.config.RunSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.job.JobContext;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareJobTest {
  @TempDir Path temp;

  private String run(Object source) {
    return run(source, 0);
  }

  private String run(Object source, int validation) {
    Settings settings =
        new Settings(
            42,
            new RunSettings(temp.resolve("run").toString(), 1),
            CifarFiles.settings(source, temp.resolve("data"), validation),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      new PrepareJob()
          .run(
              new JobContext(
                  "prepare",
                  settings,
                  ConfigFactory.empty(),
                  new SparkMaster(""),
                  new Configuration(),
                  () -> {
                    throw new AssertionError("prepare needs no Spark");
                  },
                  Set.of(),
                  out,
                  false));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysThatBuiltinImagesAreNotCifar() {
    assertThat(run("builtin").lines())
        .containsExactly(
            "Preparing builtin-shapes from builtin",
            "  train: 20 images in 4 shards",
            "  test: 10 images in 2 shards",
            "Data set builtin-shapes is in "
                + temp.resolve("data")
                + ": 20 train and 10 test images of 32x32 pixels",
            "10 classes: disc, ring, square, triangle, cross, star, crescent, horizontal_stripes,"
                + " vertical_stripes, checkerboard",
            "Images drawn by anode-spark, not CIFAR: accuracies cannot be compared with CIFAR's.");
  }

  @Test
  void namesTheValidationImages() {
    assertThat(run("builtin", 8).lines())
        .contains("  validation: 8 images in 2 shards")
        .anyMatch(
            line -> line.endsWith(": 12 train, 8 validation and 10 test images of 32x32 pixels"));
  }

  @Test
  void namesBothLabelsOfCifar100() throws IOException {
    assertThat(run(CifarFiles.writeCifar100(temp.resolve("cifar"))).lines())
        .anyMatch(line -> line.startsWith("20 coarse classes: coarse0, coarse1, "))
        .anyMatch(line -> line.startsWith("100 fine classes: fine0, fine1, "));
  }

  @Test
  void leavesASummaryInTheRunDirectory() throws IOException {
    run("builtin");
    assertThat(temp.resolve("run").resolve("resolved.conf")).exists();
    assertThat(Files.readString(temp.resolve("run").resolve("summary.json")))
        .contains(
            "\"job\" : \"prepare\"",
            "\"status\" : \"done\"",
            "\"train_examples\" : 20",
            "\"validation_examples\" : 0",
            "\"test_examples\" : 10",
            "\"builtin\" : true");
  }

  @Test
  void usesTheSeedOfTheRun() {
    run("builtin");
    org.apache.hadoop.fs.Path data = new org.apache.hadoop.fs.Path(temp.resolve("data").toUri());
    assertThat(Manifest.read(data, new Configuration()).seed()).isEqualTo(42);
  }
}
