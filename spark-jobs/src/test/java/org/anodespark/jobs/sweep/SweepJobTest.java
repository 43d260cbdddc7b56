/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobTest {
  private static final List<String> SMALL =
      List.of(
          "data.builtin.train=96",
          "data.builtin.test=40",
          "model.widths=[2,3,4]",
          "model.block.solver=euler",
          "train.epochs=3",
          "train.batch-size=12",
          "averaging.frequency=2",
          "evaluate.batch-size=20",
          "run.takeover-seconds=1",
          "sweep.parallel=1",
          "spark.native-mebibytes=1024");

  private static final String RATES =
      "sweep.space=[{key=optimizer.learning-rate,log-uniform=[0.001,0.3]}]";
  private static final String HALVING = "sweep.pruning.kind=halving";

  private static JavaSparkContext spark;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void searchesAndWritesDownTheBest() throws IOException {
    run("s", RATES, HALVING, "sweep.trials=9");

    JsonNode summary = json("s/summary.json");
    assertThat(summary.get("status").asText()).isEqualTo("done");
    assertThat(summary.get("trials").asInt()).isEqualTo(9);
    // all to epoch 1, and three or a few more to epoch 3
    assertThat(summary.get("epochs").asInt()).isBetween(9 + 3 * 2, 9 + 6 * 2);
    List<String> leaderboard = Files.readAllLines(folder.resolve("s/leaderboard.csv"));
    assertThat(leaderboard).hasSize(10);
    assertThat(leaderboard.get(0))
        .isEqualTo(
            "rank,trial,state,epochs,test_accuracy,test_top_k_accuracy,evaluations,rejected_steps,train_loss,"
                + "optimizer.learning-rate,failure");
    assertThat(leaderboard.get(1)).startsWith("1," + summary.get("best").asInt() + ",done,3,");
    assertThat(leaderboard.get(9)).contains(",pruned,1,");
    assertThat(Files.readString(folder.resolve("s/sweep.html")))
        .contains("What decides about test_accuracy", "9 trials, ");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("9 trials", "best: trial ", "ETA");
  }

  @Test
  void theBestConfHasTheTrialTrainedAloneWithTheSameBits() throws IOException {
    run("s", RATES, "sweep.trials=2", "train.epochs=2");
    ResolvedSettings resolved =
        SettingsLoader.load(
            new SettingSources(
                List.of(folder.resolve("s/best.conf")),
                List.of("run.dir=\"" + folder.resolve("alone") + "\"")));
    new TrainJob(new OdeNetworkFactory(), new OdeBlockStatistics()).run(context("train", resolved));

    assertThat(content("alone/model.zip")).isEqualTo(content("s/model.zip"));
  }

  @Test
  void aTrialThatWasPromotedHasTheBitsOfOneThatWasNeverInterrupted() throws IOException {
    run("halving", RATES, HALVING, "sweep.trials=3");
    int best = json("halving/summary.json").get("best").asInt();
    run("whole", RATES, "sweep.trials=3");

    String model = "trials/trial-%04d-seed-1/model.zip".formatted(best);
    assertThat(content("halving/" + model)).isEqualTo(content("whole/" + model));
  }

  @Test
  void theSameSeedGivesTheSameLedgerOnOneExecutor() throws IOException {
    run("one", RATES, HALVING, "sweep.trials=6");
    run("other", RATES, HALVING, "sweep.trials=6");

    assertThat(folder.resolve("one/trials.jsonl"))
        .hasSameTextualContentAs(folder.resolve("other/trials.jsonl"));
  }

  @Test
  void aFinishedSweepTakesMoreTrialsAndAChangedSpaceAndNotesThem() throws IOException {
    run("s", RATES, "sweep.trials=2", "train.epochs=1");
    long before = Files.size(folder.resolve("s/trials.jsonl"));
    run(
        "s",
        "sweep.space=[{key=optimizer.learning-rate,choice=[0.05,0.06]}]",
        "sweep.trials=2",
        "sweep.added-trials=2",
        "train.epochs=1");

    List<String> ledger = Files.readAllLines(folder.resolve("s/trials.jsonl"));
    assertThat(Files.size(folder.resolve("s/trials.jsonl"))).isGreaterThan(before);
    assertThat(ledger.stream().filter(line -> line.contains("\"searched\"")))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"trials\":4", "\"choices\":[\"0.05\",\"0.06\"]");
    assertThat(ledger.stream().filter(line -> line.contains("\"finished\""))).hasSize(4);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("What is searched has changed");
  }

  @Test
  void aTrialThatDivergesIsClosedWithItsReason() throws IOException {
    run(
        "s",
        "sweep.space=[{key=optimizer.learning-rate,choice=[0.05,1e30]}]",
        "sweep.strategy=grid",
        "train.epochs=1");

    List<String> leaderboard = Files.readAllLines(folder.resolve("s/leaderboard.csv"));
    assertThat(leaderboard.get(1)).startsWith("1,0,done");
    assertThat(leaderboard.get(2)).startsWith("2,1,failed,0,").contains("diverged");
  }

  @Test
  void aSweepWhoseTrialsAllFailSaysWhy() {
    assertThatThrownBy(
            () ->
                run(
                    "s",
                    "sweep.space=[{key=train.batch-size,choice=[97,98]}]",
                    "sweep.strategy=grid"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GAVE_UP))
        .hasMessageContaining("No trial of 2 has come to a result")
        .hasMessageContaining("train.batch-size is 97");
  }

  @Test
  void distributedTrialsComeToTheSameAsTasks() throws IOException {
    run("task", RATES, "sweep.trials=2", "train.epochs=2");
    run("cluster", RATES, "sweep.trials=2", "train.epochs=2", "sweep.trials-as=cluster");

    assertThat(content("cluster/model.zip")).isEqualTo(content("task/model.zip"));
  }

  @Test
  void severalDistributedTrialsAtOnceComeToTheSameAsOneAfterTheOther() throws IOException {
    for (String parallel : List.of("1", "2")) {
      run(
          parallel,
          RATES,
          "sweep.trials=4",
          "train.epochs=1",
          "averaging.workers=1",
          "sweep.trials-as=cluster",
          "sweep.parallel=" + parallel);
    }

    assertThat(folder.resolve("2/leaderboard.csv"))
        .hasSameTextualContentAs(folder.resolve("1/leaderboard.csv"));
    assertThat(content("2/model.zip")).isEqualTo(content("1/model.zip"));
  }

  @Test
  void twoObjectivesHaveAParetoFront() throws IOException {
    run(
        "s",
        "sweep.space=[{key=model.block.steps,choice=[1,4]}]",
        "sweep.strategy=grid",
        "train.epochs=1",
        "sweep.timings=1",
        "sweep.objectives=[{measure=test_accuracy,goal=maximize},{measure=prediction_seconds,goal=minimize}]");

    assertThat(Files.readAllLines(folder.resolve("s/leaderboard.csv")).get(0))
        .contains("prediction_seconds");
    assertThat(Files.readString(folder.resolve("s/sweep.html")))
        .contains("test_accuracy against prediction_seconds, with the Pareto front");
  }

  private void run(String name, String... settings) {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(List.of(settings));
    all.add("run.dir=\"" + folder.resolve(name) + "\"");
    all.add("data.path=\"" + folder.resolve("builtin-data") + "\"");
    new SweepJob(new OdeNetworkFactory(), new OdeBlockStatistics())
        .run(context("sweep", SettingsLoader.load(new SettingSources(List.of(), all))));
  }

  private JobContext context(String job, ResolvedSettings resolved) {
    return new JobContext(
        job,
        resolved.settings(),
        resolved.config(),
        new SparkMaster(spark.sc().master()),
        new Configuration(),
        () -> spark,
        Set.of(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        false);
  }

  /** What a zip file holds; its entries tell when they were written, too. */
  private Map<String, String> content(String file) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (ZipFile zip = new ZipFile(folder.resolve(file).toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        content.put(
            entry.getName(), HexFormat.of().formatHex(zip.getInputStream(entry).readAllBytes()));
      }
    }
    return content;
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
