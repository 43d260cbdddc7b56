/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.anodespark.jobs.config.EvaluateSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.Manifest;
import org.anodespark.jobs.data.Preparation;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateJobTest {
  private static JavaSparkContext spark;
  @TempDir static Path shared;
  private static Manifest manifest;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void startSparkAndPrepareData() {
    spark = LocalSpark.start("local[2]");
    Settings settings = TestSettings.in("", shared.resolve("data").toString(), 1);
    manifest = new Preparation(new Configuration(), line -> {}).prepare(settings.data(), 7);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void writeAModel() throws IOException {
    write(manifest.exampleFormat("fine"));
  }

  @Test
  void leavesEveryFigureInTheRun() throws IOException {
    evaluate("test");

    JsonNode summary = json("run/summary.json");
    assertThat(summary.get("status").asText()).isEqualTo("done");
    assertThat(summary.get("split").asText()).isEqualTo("test");
    assertThat(summary.get("examples").asInt()).isEqualTo(60);
    JsonNode report = json("run/evaluation.json");
    assertThat(report.get("accuracy")).isEqualTo(summary.get("accuracy"));
    assertThat(report.get("top_k").asInt()).isEqualTo(2);
    assertThat(report.get("top_k_accuracy")).isEqualTo(summary.get("top_k_accuracy")).isNotNull();
    assertThat(report.get("classes")).hasSize(10);
    assertThat(report.get("confusion")).hasSize(10);
    assertThat(report.get("calibration")).hasSize(15);
    assertThat(Files.readAllLines(folder.resolve("run/confusion.csv"))).hasSize(11);
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("<h2>Evaluation of run</h2>", "calibration error")
        .doesNotContain("Not recorded.");
    assertThat(ImageIO.read(folder.resolve("run/reliability.png").toFile()).getWidth())
        .isEqualTo(640);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Model file:" + folder.resolve("trained/model.zip") + " on the test split of")
        .contains("top-2")
        .endsWith("Run directory: file:" + folder.resolve("run") + "\n");
  }

  @Test
  void theTrainSplitIsEvaluatedOnRequest() throws IOException {
    evaluate("train");

    assertThat(json("run/summary.json").get("examples").asInt()).isEqualTo(300);
  }

  @Test
  void pixelsAreNormalisedAsTheModelWasTrained() throws IOException {
    evaluate("test");
    double before = json("run/summary.json").get("negative_log_likelihood").asDouble();
    ExampleFormat format = manifest.exampleFormat("fine");
    write(
        new ExampleFormat(
            format.height(),
            format.width(),
            format.channels(),
            List.of(0.0, 0.0, 0.0),
            List.of(0.1, 0.1, 0.1),
            format.classes()));

    evaluate(settings("other", "test"));

    assertThat(json("other/summary.json").get("negative_log_likelihood").asDouble())
        .isNotEqualTo(before);
  }

  @Test
  void aDataSetOfOtherClassesIsRefusedBeforeAnythingIsWritten() throws IOException {
    ExampleFormat format = manifest.exampleFormat("fine");
    write(
        new ExampleFormat(
            format.height(),
            format.width(),
            format.channels(),
            format.mean(),
            format.standardDeviation(),
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")));

    assertThatThrownBy(() -> evaluate("test"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("does not fit the model")
        .hasMessageContaining("but the network knows these 10: a, b, c, d, e, ...");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void lessMemoryThanIsNeededIsRefusedBeforeAnythingIsWritten() throws IOException {
    assertThatThrownBy(() -> evaluate(TestSettings.withNativeMebibytes(settings("run", "test"), 1)))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageMatching(
            "spark\\.native-mebibytes is 1: expected at least \\d+, which the driver needs for its"
                + " workers \\(2 at once\\) with spark\\.executors = 2, evaluate\\.batch-size = 16; set"
                + " it to that, or evaluate\\.batch-size lower\\.");
    assertThat(folder.resolve("run")).doesNotExist();
    evaluate("test");
    assertThat(json("run/summary.json").get("native_need_mebibytes").asInt()).isBetween(16, 64);
  }

  @Test
  void imagesOfAnotherShapeAreRefused() throws IOException {
    ExampleFormat format = manifest.exampleFormat("fine");
    write(
        new ExampleFormat(16, 16, 3, format.mean(), format.standardDeviation(), format.classes()));

    assertThatThrownBy(() -> evaluate("test"))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining(
            "its images are 32x32 pixels in 3 channels, but the network takes 16x16 pixels in 3"
                + " channels");
  }

  private void write(ExampleFormat format) throws IOException {
    Path model = Files.createDirectories(folder.resolve("trained")).resolve("model.zip");
    try (var file = Files.newOutputStream(model)) {
      ModelFile.write(
          TinyNetworks.images(format),
          Optional.of(new ModelDescription("shapes", "0", format)),
          true,
          file);
    }
  }

  private void evaluate(String split) {
    evaluate(settings("run", split));
  }

  private void evaluate(Settings settings) {
    new EvaluateJob().run(TestContexts.of("evaluate", settings, new Configuration(), spark, out));
  }

  private Settings settings(String run, String split) {
    Settings settings =
        TestSettings.in(folder.resolve(run).toString(), shared.resolve("data").toString(), 1);
    return TestSettings.with(
        settings, new EvaluateSettings(16, folder.resolve("trained").toString(), split, 2));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
