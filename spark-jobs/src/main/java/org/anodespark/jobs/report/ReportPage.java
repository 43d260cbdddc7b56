/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.anodespark.jobs.run.RecordedRun;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;

/** One HTML page about one run, or about several side by side. */
public final class ReportPage {
  /** The name of the file in a run directory. */
  public static final String FILE = "report.html";

  private final List<RecordedRun> runs;
  private final List<String> names;
  private final Html page;

  private ReportPage(List<RecordedRun> runs) {
    this.runs = List.copyOf(runs);
    this.names = names(runs);
    this.page = Page.begin(names.size() == 1 ? names.get(0) : names.size() + " runs");
  }

  /**
   * The whole text of the page.
   *
   * @param runs at least one
   */
  public static String of(List<RecordedRun> runs) {
    return new ReportPage(runs).draw();
  }

  /**
   * Lets a run write the page about itself, when it ends or fails.
   *
   * @param recorder of that run
   */
  public static void atTheEndOf(RunRecorder recorder) {
    RunDirectory directory = recorder.directory();
    recorder.beforeSummary(
        summary -> directory.write(FILE, of(List.of(RecordedRun.ending(directory, summary)))));
  }

  /** Names of folders, or whole addresses where two have the same name. */
  private static List<String> names(List<RecordedRun> runs) {
    List<String> folders = runs.stream().map(run -> lastElement(run.location())).toList();
    return IntStream.range(0, runs.size())
        .mapToObj(
            run ->
                folders.stream().filter(folders.get(run)::equals).count() == 1
                    ? folders.get(run)
                    : Redaction.ofText(runs.get(run).location()))
        .toList();
  }

  private static String lastElement(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private String draw() {
    drawRuns();
    drawCharts();
    drawFigures();
    drawEvaluations();
    drawSettings();
    drawVersions();
    return Page.end(page);
  }

  private void drawRuns() {
    page.line().open("ul", "class", "runs");
    for (int run = 0; run < runs.size(); run++) {
      page.open("li", "class", Chart.colour(run))
          .element("b", names.get(run))
          .text(" ")
          .element("span", Redaction.ofText(runs.get(run).location()))
          .close("li");
    }
    page.close("ul");
  }

  private void drawCharts() {
    if (runs.stream().noneMatch(ReportPage::mayTrain)) {
      return;
    }
    page.line().open("section", "class", "charts");
    new RunCurves(runs).charts().forEach(chart -> chart.draw(page, names));
    page.close("section");
  }

  /** Whether it is a training, or has not said yet what it is. */
  private static boolean mayTrain(RecordedRun run) {
    return run.summary().path("job").asText("train").equals("train");
  }

  private void drawFigures() {
    page.line().element("h2", "Final figures");
    ComparisonTable figures = new ComparisonTable(names, false);
    new RunFigures(runs).addTo(figures);
    figures.draw(page);
  }

  private void drawEvaluations() {
    for (int run = 0; run < runs.size(); run++) {
      JsonNode evaluation = runs.get(run).evaluation();
      if (!evaluation.isMissingNode()) {
        page.line().element("h2", "Evaluation of " + names.get(run));
        drawEvaluation(evaluation, runs.get(run).mistakes());
      }
    }
  }

  private void drawEvaluation(JsonNode evaluation, JsonNode mistakes) {
    JsonNode accuracy = evaluation.path("accuracy");
    if (accuracy.isNumber()) {
      page.element("p", String.format(Locale.ROOT, "Accuracy %.4f.", accuracy.asDouble()));
    }
    try {
      ConfusionMatrix.of(evaluation, MistakeSamples.of(evaluation, mistakes)).draw(page);
    } catch (IllegalArgumentException e) {
      page.element("p", "Its confusion matrix cannot be shown: " + e.getMessage() + ".");
    }
  }

  private void drawSettings() {
    page.line().element("h2", "Settings");
    ComparisonTable all = new ComparisonTable(names, true);
    SortedSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    for (String key : keys) {
      all.add(
          key,
          runs.stream()
              .map(run -> run.settings().getOrDefault(key, ""))
              .map(value -> value.isEmpty() ? "" : Redaction.ofSetting(key, value))
              .toList());
    }
    if (runs.size() > 1) {
      page.element(
          "p", String.format(Locale.ROOT, "Those that differ are marked: %d.", all.differences()));
    }
    all.draw(page);
  }

  private void drawVersions() {
    SortedSet<String> libraries = new TreeSet<>();
    runs.forEach(run -> libraries.addAll(fieldNames(run.summary().path("versions"))));
    if (libraries.isEmpty()) {
      return;
    }
    page.line().element("h2", "Versions");
    ComparisonTable table = new ComparisonTable(names, true);
    for (String library : libraries) {
      table.add(
          library,
          runs.stream()
              .map(run -> run.summary().path("versions").path(library).asText(""))
              .toList());
    }
    table.draw(page);
  }

  private static List<String> fieldNames(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
