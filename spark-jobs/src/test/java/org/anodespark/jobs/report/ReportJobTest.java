/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.anodespark.jobs.config.ReportSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJobTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void runsAreLaidSideBySide() throws IOException {
    run("first", "train { epochs = 2 }", 0.75);
    run("second", "train { epochs = 3 }", 0.875);

    String page = report("", "first", "second");

    assertThat(page)
        .contains("<h1>2 runs</h1>")
        .contains("<td>0.7500</td><td>0.8750</td>")
        .contains(
            "<tr class=\"differs\"><th scope=\"row\">train.epochs</th><td>2</td><td>3</td></tr>")
        .contains("<tr><th scope=\"row\">seed</th><td>7</td><td>7</td></tr>");
    // loss, accuracy, learning rate, evaluations, speed and memory, each of both runs
    assertThat(Pattern.compile("<svg").matcher(page).results()).hasSize(6);
    assertThat(Pattern.compile("<polyline").matcher(page).results()).hasSize(6 * 2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("Report: file:" + folder + "/report/report.html\n");
    assertThat(folder.resolve("report/summary.json"))
        .content()
        .contains("\"report\" : \"file:" + folder + "/report/report.html\"", "/second\" ]");
  }

  @Test
  void thePageMayGoElsewhere() throws IOException {
    run("first", "", 0.75);

    report(folder + "/pages/page.html", "first");

    assertThat(folder.resolve("pages/page.html")).content().contains("<h1>first</h1>");
    assertThat(folder.resolve("report/report.html")).doesNotExist();
  }

  @Test
  void aRunThatHasOnlyBegunIsShownToo() throws IOException {
    Files.createDirectories(folder.resolve("begun"));
    Files.writeString(folder.resolve("begun/resolved.conf"), "seed = 7");

    assertThat(report("", "begun")).contains("Not recorded.", "seed");
  }

  @Test
  void nothingThatComesFromAFileBecomesMarkup() throws IOException {
    String hostile = "</title><script>alert(1)</script>\\\"' onload=x";
    run("first", "\"" + hostile + "\" = \"" + hostile + "\"", 0.75);
    write(
        "first/summary.json",
        """
        {"job": "HOSTILE", "status": "HOSTILE", "reason": "HOSTILE", "started": "HOSTILE",
         "data_set": {"name": "HOSTILE"}, "executors": [{"kernels": "HOSTILE"}],
         "versions": {"HOSTILE": "HOSTILE"}}
        """
            .replace("HOSTILE", hostile));
    write(
        "first/evaluation.json",
        """
        {"accuracy": 0.5, "classes": [{"name": "HOSTILE"}, {"name": "b"}], "confusion": [[1, 1], [1, 1]]}
        """
            .replace("HOSTILE", hostile));

    String page = report("", "first");

    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x")
        .doesNotContain("<script", "\"' onload");
  }

  @Test
  void itNeedsNothingElseAndRunsNothing() throws IOException {
    run("first", "", 0.75);

    assertThat(report("", "first"))
        .contains("default-src 'none'")
        .doesNotContain("<script", "src=", "href=", "url(", "@import", "http://", "https://");
  }

  @Test
  void secretsAreMasked() throws IOException {
    run("first", "spark.conf { \"spark.hadoop.fs.s3a.secret.key\" = hunter2 }", 0.75);

    assertThat(report("", "first"))
        .contains("<th scope=\"row\">spark.conf.spark.hadoop.fs.s3a.secret.key</th><td>*****</td>")
        .doesNotContain("hunter2");
  }

  @Test
  void anEvaluationBesideTheRunIsShown() throws IOException {
    run("first", "", 0.75);
    write(
        "first/evaluation.json",
        "{\"accuracy\": 0.875, \"classes\": [{\"name\": \"cat\"}, {\"name\": \"dog\"}], \"confusion\": [[4, 0], [1, 3]]}");

    assertThat(report("", "first"))
        .contains("Evaluation of first", "Accuracy 0.8750.", "dog → cat (1)");
  }

  @Test
  void theImagesOfAnEvaluationAreInThePage() throws IOException {
    run("first", "", 0.75);
    write(
        "first/evaluation.json",
        "{\"classes\": [{\"name\": \"cat\"}, {\"name\": \"dog\"}], \"confusion\": [[4, 0], [1, 3]],"
            + " \"mistakes\": [{\"actual\": \"dog\", \"predicted\": \"cat\", \"examples\":"
            + " [{\"example\": 5}]}]}");
    write("first/mistakes.json", "{\"images\": {\"5\": \"UE5H\"}}");

    assertThat(report("", "first"))
        .contains("img-src data:", "<img src=\"data:image/png;base64,UE5H\"");
  }

  @Test
  void anEvaluationThatCannotBeShownDoesNotSpoilTheRest() throws IOException {
    run("first", "", 0.75);
    write("first/evaluation.json", "{\"accuracy\": 0.875, \"classes\": [\"cat\"]}");

    assertThat(report("", "first"))
        .contains(
            "Its confusion matrix cannot be shown: confusion has 0 rows for 1 classes.",
            "Settings");
  }

  @Test
  void runsOfTheSameNameAreToldApartByTheirAddresses() throws IOException {
    run("a/run", "", 0.75);
    run("b/run", "", 0.75);

    assertThat(report("", "a/run", "b/run"))
        .contains(">file:" + folder + "/a/run</th>", ">file:" + folder + "/b/run</th>");
  }

  @Test
  void noRunsAreRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> report(""))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith("report.runs is empty: expected");
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void aFolderWithoutARunIsRefusedAndNotMade() {
    assertThatThrownBy(() -> report("", "none"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "There is no run in file:%s/none: expected a folder with resolved.conf.", folder);
    assertThat(folder.resolve("none")).doesNotExist();
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    run("first", "", 0.75);
    write("first/metrics.jsonl", "{\"type\":\"round\"}\n{\"type\":\n");

    assertThatThrownBy(() -> report("", "first"))
        .isInstanceOf(JobFailure.class)
        .hasMessageStartingWith("The file file:%s/first/metrics.jsonl is damaged (", folder);
  }

  /** A run of two epochs, in the second of which it comes to that accuracy. */
  private void run(String name, String settings, double accuracy) throws IOException {
    Files.createDirectories(folder.resolve(name));
    write(name + "/resolved.conf", "seed = 7\n" + settings);
    write(
        name + "/summary.json",
        "{\"job\": \"train\", \"test_accuracy\": " + accuracy + ", \"epochs\": 2}");
    StringBuilder metrics = new StringBuilder();
    for (int epoch = 1; epoch <= 2; epoch++) {
      metrics.append(
          """
          {"type":"round","epoch":EPOCH,"round":1,"rounds":1,"examples":40,"minibatches":4,\
          "learning_rate":0.1,"train_loss":0.5,"images_per_second":10,"peak_memory_bytes":1000,\
          "ode":{"b":{"forward_evaluations":8,"recomputed_evaluations":8}}}
          {"type":"epoch","epoch":EPOCH,"train_loss":0.5,"test_accuracy":ACCURACY}
          """
              .replace("EPOCH", String.valueOf(epoch))
              .replace("ACCURACY", String.valueOf(accuracy)));
    }
    write(name + "/metrics.jsonl", metrics.toString());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Runs the job, and returns the page if it is in the run directory. */
  private String report(String output, String... runs) throws IOException {
    List<String> paths = List.of(runs).stream().map(run -> folder.resolve(run).toString()).toList();
    Settings settings =
        TestSettings.with(
            TestSettings.in(folder.resolve("report").toString()),
            new ReportSettings(paths, output));
    new ReportJob().run(TestContexts.of(settings, null, out));
    Path page = folder.resolve("report/report.html");
    return Files.exists(page) ? Files.readString(page) : "";
  }
}
