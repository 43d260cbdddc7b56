/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.metrics.MetricsPlugin;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import scala.collection.JavaConverters;

class TrainJobTest {
  private static final TrainingData DATA =
      new TrainingData(
          new DataSetFacts("tiny", false),
          TinyData.FORMAT,
          300,
          60,
          new TinyData(),
          (epoch, minibatch) -> TinyData.describe(minibatch),
          TinyData::describe,
          0,
          TinyData::describe,
          TinyData::images);

  private static JavaSparkContext spark;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void startSpark() {
    // a task is tried once
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @AfterEach
  void heal() {
    TinyData.heal();
  }

  @Test
  void leavesARunWithEverythingInIt() throws IOException {
    train("run");

    assertThat(filesIn("run"))
        .containsExactly(
            "best-model.zip",
            // the two latest of three: at the start and after each of two epochs
            "checkpoints/checkpoint-000002.zip",
            "checkpoints/checkpoint-000003.zip",
            "evaluation.json",
            "metrics.jsonl",
            "mistakes.json",
            "model.zip",
            "owners/attempt-0001.json",
            "report.html",
            "resolved.conf",
            "summary.json",
            "tensorboard/events.out.tfevents.epoch000002.round000000",
            "tensorboard/events.out.tfevents.epoch000003.round000000");
    assertThat(Files.readString(folder.resolve("run/evaluation.json")))
        .contains("\"accuracy\" : " + summary("run").get("test_accuracy").asText());
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("class=\"confusion\"", "<img src=\"data:image/png;base64,");
    JsonNode summary = summary("run");
    assertThat(summary.get("status").asText()).isEqualTo("done");
    assertThat(summary.get("parameters").asLong()).isEqualTo(6 * 8 + 8 + 8 * 3 + 3);
    assertThat(summary.get("native_need_mebibytes").asLong()).isBetween(1L, 2L * 512);
    assertThat(summary.get("epochs").asInt()).isEqualTo(2);
    // 300 examples are 30 minibatches: 8 rounds of 2 x 2, the last with 2
    assertThat(summary.get("rounds").asInt()).isEqualTo(16);
    assertThat(summary.get("examples_seen").asLong()).isEqualTo(600);
    assertThat(summary.get("executors").get(0).get("examples").asLong()).isEqualTo(600);
    assertThat(summary.get("test_accuracy").asDouble()).isGreaterThan(0.7);
    assertThat(summary.get("per_epoch")).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("run/metrics.jsonl"))).hasSize(2 * (8 + 1));
  }

  @Test
  void theReportShowsTheRunAsItEnded() throws IOException {
    train("run");

    String report = Files.readString(folder.resolve("run/report.html"));
    assertThat(report)
        .contains(
            "<td>done</td>",
            String.format(
                Locale.ROOT, "<td>%.4f</td>", summary("run").get("test_accuracy").asDouble()));
    // all but the evaluations of f, which this network has none of
    assertThat(report.split("<polyline", -1)).hasSize(1 + 5);
  }

  @Test
  void sparksMetricsCountWhatIsTrained() {
    MetricRegistry training = metricsWith("training.examples");
    MetricRegistry workers = metricsWith("worker.examples");
    long trained = training.getCounters().get("training.examples").getCount();
    long byWorkers = workers.getMeters().get("worker.examples").getCount();

    train("run");

    assertThat(training.getCounters().get("training.examples").getCount()).isEqualTo(trained + 600);
    assertThat(workers.getMeters().get("worker.examples").getCount()).isEqualTo(byWorkers + 600);
    assertThat((Double) training.getGauges().get("training.imagesPerSecond").getValue())
        .isPositive();
    assertThat((Long) workers.getGauges().get("worker.residentBytes").getValue()).isPositive();
    assertThat((String) workers.getGauges().get("worker.kernels").getValue()).isNotEmpty();
  }

  /** What the plugin registered with Spark, on the side that has a metric of this name. */
  private static MetricRegistry metricsWith(String name) {
    return JavaConverters.seqAsJavaList(
            SparkEnv.get()
                .metricsSystem()
                .getSourcesByName("plugin." + MetricsPlugin.class.getName()))
        .stream()
        .map(Source::metricRegistry)
        .filter(registry -> registry.getNames().contains(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tooLittleNativeMemoryIsRefusedBeforeAnythingIsWritten() {
    Settings settings = TestSettings.in(folder.resolve("run").toString());
    Settings tooLittle =
        TestSettings.with(
            settings, new SparkSettings("", 2, 1, 512, 512, 1, "auto", "", false, 120, Map.of()));

    assertThatThrownBy(
            () ->
                train(tooLittle, DATA, optimization -> TinyNetworks.dense(optimization.updater())))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageMatching(
            "spark\\.native-mebibytes is 1: expected at least \\d+, which the driver needs for"
                + " its workers \\(2 at once\\) .*");

    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void tellsHowItWentAndWhereTheRunIs() {
    train("run");

    // a slow machine also shows lines of rounds
    assertThat(
            out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("  round "))
                .toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("epoch 1/2  loss "),
            line -> assertThat(line).startsWith("epoch 2/2  loss "),
            line -> assertThat(line).matches("Test accuracy 0\\.\\d{4} on tiny\\."),
            line -> assertThat(line).isEqualTo("Run directory: file:" + folder.resolve("run")));
  }

  @Test
  void theModelIsThatOfTheLastEpoch() throws IOException {
    train("run");

    ComputationGraph model = restored("run/model.zip");
    ComputationGraph last = restored("run/checkpoints/checkpoint-000003.zip");
    assertThat(model.params().data().asFloat()).isEqualTo(last.params().data().asFloat());
    assertThat(model.getIterationCount()).isEqualTo(2 * 15);
    assertThat(model.getEpochCount()).isEqualTo(2);
  }

  @Test
  void aRoundThatFailsIsRepeatedToTheSameBits() throws IOException {
    train("undisturbed");
    TinyData.failToLoad(123, 2);
    train("disturbed");

    assertThat(restored("disturbed/model.zip").params().data().asFloat())
        .isEqualTo(restored("undisturbed/model.zip").params().data().asFloat());
    assertThat(summary("disturbed").get("examples_seen").asLong()).isEqualTo(600);
  }

  @Test
  void givingUpLeavesACheckpointAndAReason() throws IOException {
    TinyData.failToLoad(123, 4);

    assertThatThrownBy(() -> train("run"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP));

    assertThat(summary("run").get("status").asText()).isEqualTo("failed");
    assertThat(summary("run").get("reason").asText())
        .startsWith("Gave up on epoch 1 round ")
        .contains("after 4 tries");
    assertThat(filesIn("run"))
        .contains("checkpoints/checkpoint-000002.zip")
        .doesNotContain("model.zip");
  }

  @Test
  void aTrainingThatGaveUpGoesOnToTheSameBits() throws IOException {
    train("undisturbed");
    TinyData.failToLoad(123, 4);
    assertThatThrownBy(() -> train("run")).isInstanceOf(JobFailure.class);
    train("run");

    assertThat(restored("run/model.zip").params().data().asFloat())
        .isEqualTo(restored("undisturbed/model.zip").params().data().asFloat());
    assertThat(restored("run/best-model.zip").params().data().asFloat())
        .isEqualTo(restored("undisturbed/best-model.zip").params().data().asFloat());
    assertThat(summary("run").get("status").asText()).isEqualTo("done");
    assertThat(summary("run").get("examples_seen").asLong()).isEqualTo(600);
    assertThat(Files.readAllLines(folder.resolve("run/metrics.jsonl"))).hasSize(2 * (8 + 1));
  }

  @Test
  void validationImagesDecideWhichEpochIsBest() throws IOException {
    TrainingData validated =
        new TrainingData(
            DATA.facts(),
            DATA.examples(),
            DATA.trainExamples(),
            DATA.testExamples(),
            DATA.loader(),
            DATA.trainEncoder(),
            DATA.testEncoder(),
            33,
            TinyData::describe,
            DATA.testImages());

    train("run", validated, optimization -> TinyNetworks.dense(optimization.updater()));

    JsonNode summary = summary("run");
    double best = summary.at("/best_epoch/accuracy").asDouble();
    int epoch = summary.at("/best_epoch/epoch").asInt();
    assertThat(summary.at("/per_epoch/" + (epoch - 1) + "/validation_accuracy").asDouble())
        .isEqualTo(best);
    // a share of 33 examples, not of 60
    assertThat(best * 33).isCloseTo(Math.rint(best * 33), within(1e-9));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("  validation accuracy 0.");
  }

  @Test
  void aTrainingThatIsDoneIsNotDoneAgain() throws IOException {
    train("run");
    float[] parameters = restored("run/model.zip").params().data().asFloat();

    train("run");

    assertThat(restored("run/model.zip").params().data().asFloat()).isEqualTo(parameters);
    assertThat(summary("run").get("rounds").asInt()).isEqualTo(16);
  }

  @Test
  void divergenceIsRecorded() throws IOException {
    TinyData.poison(123);

    assertThatThrownBy(() -> train("run"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));

    assertThat(summary("run").get("status").asText()).isEqualTo("diverged");
    assertThat(summary("run").get("reason").asText()).contains("came to a loss of NaN");
  }

  @Test
  void aSolveThatRunsAwayEndsTheTrainingWithItsOwnSentence() throws IOException {
    AtomicInteger sparkJobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            sparkJobs.incrementAndGet();
          }
        };
    spark.sc().addSparkListener(listener);

    assertThatThrownBy(
            () ->
                train("run", DATA, optimization -> TinyNetworks.diverging(optimization.updater())))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageMatching(
            "Training diverged in epoch 1 round 1/8: ODE block \"ode\", step [01] at t = 0\\.[05]"
                + " with h = 0\\.5: .*");

    spark.sc().removeSparkListener(listener);
    assertThat(sparkJobs).as("tries of the round").hasValue(1);
    assertThat(summary("run").get("status").asText()).isEqualTo("diverged");
    assertThat(filesIn("run"))
        .containsExactly(
            "checkpoints/checkpoint-000001.zip",
            "metrics.jsonl",
            "owners/attempt-0001.json",
            "report.html",
            "resolved.conf",
            "summary.json");
  }

  @Test
  void aSolveThatRunsAwayInAnEvaluationEndsTheTrainingToo() throws IOException {
    int firstOfTheTest = 1000;
    TinyData.poison(firstOfTheTest + 30);

    assertThatThrownBy(
            () ->
                train(
                    "run",
                    dataWithTestFrom(firstOfTheTest),
                    optimization -> TinyNetworks.ode(optimization.updater(), DataType.FLOAT)))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageStartingWith(
            "Training diverged in evaluation after epoch 1: ODE block \"ode\", step 0 at t = 0.0"
                + " with h = 0.5: the initial state holds NaN or infinity");

    assertThat(summary("run").get("status").asText()).isEqualTo("diverged");
    assertThat(filesIn("run"))
        .contains("checkpoints/checkpoint-000001.zip")
        .doesNotContain("model.zip");
  }

  @Test
  void settingsOrDataThatAreWrongLeaveNothingBehind() {
    TrainJob job =
        new TrainJob(
            (settings, images, optimization, seed) -> {
              throw new AssertionError("there is no data to make a network for");
            },
            SolveStatisticsReader.NONE,
            context -> {
              throw JobFailure.badConfiguration("There is no manifest.");
            });

    assertThatThrownBy(
            () ->
                job.run(
                    TestContexts.of(TestSettings.in(folder.resolve("run").toString()), spark, out)))
        .isInstanceOf(JobFailure.class)
        .hasMessage("There is no manifest.");

    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void train(String run) {
    train(run, DATA, optimization -> TinyNetworks.dense(optimization.updater()));
  }

  private void train(
      String run, TrainingData data, Function<Optimization, ComputationGraph> network) {
    train(TestSettings.in(folder.resolve(run).toString()), data, network);
  }

  private void train(
      Settings settings, TrainingData data, Function<Optimization, ComputationGraph> network) {
    NetworkFactory networks =
        (model, images, optimization, seed) -> network.apply(optimization).getConfiguration();
    new TrainJob(networks, SolveStatisticsReader.NONE, context -> data)
        .run(TestContexts.of(settings, spark, out));
  }

  private static TrainingData dataWithTestFrom(int first) {
    return new TrainingData(
        DATA.facts(),
        DATA.examples(),
        DATA.trainExamples(),
        DATA.testExamples(),
        DATA.loader(),
        DATA.trainEncoder(),
        minibatch ->
            TinyData.describe(
                new Minibatch(
                    minibatch.number(),
                    minibatch.examples().stream().map(example -> first + example).toList())),
        DATA.validationExamples(),
        DATA.validationEncoder(),
        DATA.testImages());
  }

  private ComputationGraph restored(String name) throws IOException {
    return ModelSerializer.restoreComputationGraph(folder.resolve(name).toFile(), true);
  }

  private JsonNode summary(String run) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(run).resolve("summary.json").toFile());
  }

  /** Paths of all files below a folder, without those of checksums. */
  private List<String> filesIn(String run) throws IOException {
    Path root = folder.resolve(run);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }
}
