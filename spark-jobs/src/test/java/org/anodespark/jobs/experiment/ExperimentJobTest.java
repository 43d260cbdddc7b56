/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.network.OdeBlockStatistics;
import org.anodespark.jobs.network.OdeNetworkFactory;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.train.TrainJob;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

class ExperimentJobTest {
  private static final List<String> SMALL =
      List.of(
          "data.builtin.train=96",
          "data.builtin.test=40",
          "model.widths=[2,3,4]",
          "model.block.solver=dormand-prince",
          "model.block.steps=0",
          "train.epochs=2",
          "train.batch-size=12",
          "averaging.frequency=2",
          "evaluate.batch-size=20",
          "run.takeover-seconds=1",
          "spark.native-mebibytes=1024");

  private static final String METHODS =
      "experiment.methods=[{name=plain},{name=error-estimate,"
          + "settings{model.block.regularizers.error-estimate.coefficient=10}}]";

  private static JavaSparkContext spark;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
  private Set<String> allowedChanges = Set.of();

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void trainsEveryCellAndLaysThemSideBySide() throws IOException {
    run("e", METHODS, "experiment.seeds=[1,2]");

    assertThat(folder.resolve("e")).isDirectoryContaining("glob:**/experiment.html");
    assertThat(Files.readAllLines(folder.resolve("e/cells.csv")))
        .hasSize(5)
        .first()
        .asString()
        .startsWith("network,method,seed,failure,test_accuracy,test_top_k_accuracy,evaluations,");
    JsonNode summary = json("e/summary.json");
    assertThat(summary.get("cells").asInt()).isEqualTo(4);
    assertThat(summary.get("results")).hasSize(4);
    for (JsonNode result : summary.get("results")) {
      JsonNode measures = result.get("measures");
      double accuracy = measures.get("test_accuracy").asDouble();
      assertThat(accuracy).isBetween(0.0, 1.0);
      assertThat(measures.get("test_top_k_accuracy").asDouble()).isBetween(accuracy, 1.0);
      // three blocks, of at least one step with six evaluations and the first
      assertThat(measures.get("evaluations").asDouble()).isGreaterThanOrEqualTo(21);
      assertThat(measures.get("timed_evaluations").asDouble()).isGreaterThanOrEqualTo(21);
      assertThat(measures.get("prediction_seconds").asDouble()).isPositive();
      assertThat(measures.get("training_seconds").asDouble()).isPositive();
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("4 trainings", "4/4 done", "plain ", "error-estimate ");
  }

  @Test
  void aCellIsARunWithTheBitsOfTheJobTrain() throws IOException {
    run("e", METHODS, "experiment.seeds=[3]");
    List<String> settings = new ArrayList<>(SMALL);
    settings.add("seed=3");
    settings.add("model.block.regularizers.error-estimate.coefficient=10");
    JobContext training = context("train", folder.resolve("alone"), settings);
    new TrainJob(new OdeNetworkFactory(), new OdeBlockStatistics()).run(training);

    Path cell = folder.resolve("e/cells/error-estimate-seed-3");
    assertThat(ModelSerializer.restoreComputationGraph(cell.resolve("model.zip").toFile()).params())
        .isEqualTo(
            ModelSerializer.restoreComputationGraph(folder.resolve("alone/model.zip").toFile())
                .params());
    assertThat(json("e/cells/error-estimate-seed-3/summary.json").get("config_hash"))
        .isEqualTo(json("alone/summary.json").get("config_hash"));
    assertThat(cell.resolve("report.html")).exists();
  }

  @Test
  void comparesTheGradientsOfStrategies() throws IOException {
    run(
        "e",
        "experiment.task=adjoint-errors",
        "experiment.iterations=2",
        "experiment.methods=[{name=exact,settings.model.block.adjoint=anode},"
            + "{name=coarse,settings.model.block{solver=euler,steps=1,adjoint=reverse-time}},"
            + "{name=fine,settings.model.block{solver=rk4,steps=8,adjoint=reverse-time}}]",
        "experiment.seeds=[1]");

    JsonNode exact = json("e/cells/exact-seed-1/result.json").get("measures");
    JsonNode coarse = json("e/cells/coarse-seed-1/result.json").get("measures");
    JsonNode fine = json("e/cells/fine-seed-1/result.json").get("measures");
    assertThat(exact.get("gradient_error").asDouble()).isZero();
    assertThat(exact.get("reconstruction_error").asDouble()).isZero();
    assertThat(coarse.get("gradient_error").asDouble()).isGreaterThan(1e-4);
    assertThat(fine.get("gradient_error").asDouble())
        .isLessThan(coarse.get("gradient_error").asDouble() / 10);
    assertThat(coarse.get("reconstruction_error").asDouble()).isPositive();
    assertThat(coarse.get("train_loss").asDouble()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("exact-seed-1  gradient error 0.000  reconstruction error 0.000  ")
        .doesNotContain("NaN");
  }

  @Test
  void warmsUpByUpdatesBeforeGradientsAreCompared() throws IOException {
    run(
        "e",
        "experiment.task=adjoint-errors",
        "experiment.iterations=2",
        "experiment.methods=[{name=none},{name=one,settings.optimizer.warm-up-epochs=1}]",
        "experiment.seeds=[1]");

    JsonNode none = json("e/cells/none-seed-1/result.json").get("measures");
    JsonNode one = json("e/cells/one-seed-1/result.json").get("measures");
    assertThat(one.get("train_loss").asDouble())
        .isPositive()
        .isNotEqualTo(none.get("train_loss").asDouble());
  }

  @Test
  void handsCellsToSparkInTheOrderOfTheGrid() throws IOException {
    run(
        "e",
        "experiment.task=adjoint-errors",
        "experiment.iterations=1",
        "experiment.methods=[{name=a},{name=b},{name=c},{name=d}]",
        "experiment.seeds=[1,2]");

    List<String> jobs = new ArrayList<>();
    JavaConverters.seqAsJavaList(spark.sc().statusStore().jobsList(null))
        .forEach(job -> jobs.add(job.description().getOrElse(() -> "")));
    Collections.reverse(jobs); // the latest is the first
    assertThat(jobs.subList(jobs.size() - 8, jobs.size()))
        .containsExactly(
            "a-seed-1",
            "b-seed-1",
            "c-seed-1",
            "d-seed-1",
            "a-seed-2",
            "b-seed-2",
            "c-seed-2",
            "d-seed-2");
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws IOException {
    run("e", METHODS, "experiment.seeds=[1]");
    Path done = folder.resolve("e/cells/plain-seed-1/model.zip");
    Path undone = folder.resolve("e/cells/error-estimate-seed-1/model.zip");
    FileTime then = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(done, then);
    Files.setLastModifiedTime(undone, then);
    Files.delete(folder.resolve("e/cells/error-estimate-seed-1/result.json"));

    run("e", METHODS, "experiment.seeds=[1]");

    assertThat(Files.getLastModifiedTime(done)).isEqualTo(then);
    assertThat(Files.getLastModifiedTime(undone)).isNotEqualTo(then);
    assertThat(json("e/summary.json").get("results")).hasSize(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 trainings, of which 1 are done");
  }

  @Test
  void whatThereIsByNowIsWrittenAfterEachCell() {
    List<String> pages = new ArrayList<>();
    lines =
        new PrintStream(out, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            if (line.contains("2/2 done")) {
              pages.add(read(folder.resolve("e/experiment.html")));
            }
            super.println(line);
          }
        };
    run(
        "e",
        "experiment.task=spiral-ode",
        "experiment.iterations=2",
        METHODS,
        "experiment.seeds=[1]");

    assertThat(pages).singleElement().asString().contains("1 of 2 trainings have ended.");
    assertThat(read(folder.resolve("e/experiment.html"))).doesNotContain("trainings have ended");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsDoneWithOtherSettingsIsNoResultOfTheseOnes() throws IOException {
    allowedChanges = Set.of("experiment.methods");
    run("e", "experiment.methods=[{name=a}]", "experiment.seeds=[1]");

    assertThatThrownBy(
            () ->
                run(
                    "e",
                    "experiment.methods=[{name=a,settings{optimizer.learning-rate=0.2}}]",
                    "experiment.seeds=[1]"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(
            "cells/a-seed-1 was begun with other settings (optimizer.learning-rate");

    // and is still one of its own
    run("e", "experiment.methods=[{name=a}]", "experiment.seeds=[1]");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 trainings, of which 1 are done");
  }

  @Test
  void whatIsMeasuredOtherwiseIsMeasuredAnewAndNotTrainedAnew() throws IOException {
    List<JsonNode> measures = new ArrayList<>();
    for (String most : List.of("2", "1")) {
      run("e", "experiment.methods=[{name=a}]", "experiment.seeds=[1]", "evaluate.top-k=" + most);
      measures.add(json("e/cells/a-seed-1/result.json").get("measures"));
    }

    assertThat(measures.get(1).get("test_top_k_accuracy"))
        .isEqualTo(measures.get(1).get("test_accuracy"))
        .isNotEqualTo(measures.get(0).get("test_top_k_accuracy"));
    assertThat(measures.get(1).get("training_seconds"))
        .isEqualTo(measures.get(0).get("training_seconds"));
  }

  @Test
  void aSmallProblemWithOtherSettingsIsSolvedAnew() throws IOException {
    allowedChanges = Set.of("experiment.iterations");
    for (String iterations : List.of("2", "2", "3")) {
      run(
          "e",
          "experiment.task=spiral-ode",
          "experiment.iterations=" + iterations,
          "experiment.methods=[{name=a}]",
          "experiment.seeds=[1]");
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("of which 1 are done")
        .contains("a-seed-1  test loss");
  }

  @Test
  void aTrainingThatDivergesIsAResultToo() throws IOException {
    run(
        "e",
        "experiment.methods=[{name=plain},{name=wild,settings{optimizer.learning-rate=1e30}}]",
        "experiment.seeds=[1]");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("wild-seed-1  FAILED: ", "0 (1 failed)");
    assertThat(json("e/summary.json").get("status").asText()).isEqualTo("done");
    assertThat(Files.readString(folder.resolve("e/experiment.html")))
        .contains("wild-seed-1 failed: ");
  }

  @Test
  void aCellThatCannotBeTrainedEndsTheExperiment() {
    assertThatThrownBy(
            () ->
                run(
                    "e",
                    "experiment.methods=[{name=large,settings{train.batch-size=97}}]",
                    "experiment.seeds=[1]"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("train.batch-size is 97");
  }

  @Test
  void smallProblemsAreTasksToo() throws IOException {
    for (String task : List.of("spiral-ode", "spiral-sde", "latent-ode")) {
      run(
          task,
          "experiment.task=" + task,
          "model.block.adaptive.relative-tolerance=0.1",
          "model.block.adaptive.absolute-tolerance=0.1",
          "experiment.iterations=2",
          "optimizer.kind=adam",
          METHODS,
          "experiment.seeds=[1]");

      for (JsonNode result : json(task + "/summary.json").get("results")) {
        JsonNode measures = result.get("measures");
        assertThat(measures.get("test_loss").asDouble()).isPositive();
        // between two of 20 or 30 points there is at least one step
        assertThat(measures.get("evaluations").asDouble()).isGreaterThanOrEqualTo(19 * 4);
        assertThat(measures.get("prediction_seconds").asDouble()).isPositive();
      }
      assertThat(folder.resolve(task + "/experiment.html")).exists();
    }
  }

  private void run(String name, String... settings) {
    List<String> all = new ArrayList<>(SMALL);
    all.add("experiment.timings=1");
    all.addAll(List.of(settings));
    new ExperimentJob(new OdeNetworkFactory(), new OdeBlockStatistics())
        .run(context("experiment", folder.resolve(name), all));
  }

  private JobContext context(String job, Path directory, List<String> settings) {
    List<String> overrides = new ArrayList<>(settings);
    overrides.add("run.dir=\"" + directory + "\"");
    overrides.add("data.path=\"" + folder.resolve("builtin-data") + "\"");
    ResolvedSettings resolved =
        SettingsLoader.load(new SettingSources(List.of(), List.copyOf(overrides)));
    return new JobContext(
        job,
        resolved.settings(),
        resolved.config(),
        new SparkMaster(spark.sc().master()),
        new Configuration(),
        () -> spark,
        allowedChanges,
        lines,
        false);
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
