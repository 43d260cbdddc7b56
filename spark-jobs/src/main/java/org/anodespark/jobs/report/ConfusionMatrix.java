/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Which classes an evaluation took for which.
 *
 * @param classes their names
 * @param counts of examples, a row for each true class, in it one for each predicted class
 * @param samples of the mistakes
 */
record ConfusionMatrix(List<String> classes, List<long[]> counts, MistakeSamples samples) {
  /** Of more classes, only the commonest mistakes are shown. */
  private static final int MOST_CLASSES = 25;

  private static final int MOST_MISTAKES = 10;

  private record Mistake(int truth, int prediction, long count) {}

  /**
   * Reads {@code evaluation.json}: {@code classes}, a list of objects with a {@code name}, and
   * {@code confusion}, a list of rows.
   *
   * @param samples of the same evaluation
   * @throws IllegalArgumentException when it is no such thing
   */
  static ConfusionMatrix of(JsonNode evaluation, MistakeSamples samples) {
    List<String> classes = new ArrayList<>();
    evaluation.path("classes").forEach(each -> classes.add(each.path("name").asText()));
    List<long[]> counts = new ArrayList<>();
    for (JsonNode row : evaluation.path("confusion")) {
      if (row.size() != classes.size()) {
        throw new IllegalArgumentException(
            "a row of confusion has %d counts for %d classes"
                .formatted(row.size(), classes.size()));
      }
      long[] numbers = new long[row.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = row.get(i).asLong();
      }
      counts.add(numbers);
    }
    if (classes.isEmpty() || counts.size() != classes.size()) {
      throw new IllegalArgumentException(
          "confusion has %d rows for %d classes".formatted(counts.size(), classes.size()));
    }
    return new ConfusionMatrix(classes, counts, samples);
  }

  void draw(Html page) {
    if (classes.size() <= MOST_CLASSES) {
      drawMatrix(page);
    }
    drawMistakes(page);
  }

  private void drawMatrix(Html page) {
    page.line().element("p", "Rows are the true classes, columns the predicted ones.");
    page.open("div", "class", "scroll").open("table", "class", "confusion").open("tr");
    page.element("td", "");
    classes.forEach(name -> page.element("th", name, "scope", "col"));
    page.close("tr");
    for (int truth = 0; truth < classes.size(); truth++) {
      page.line().open("tr").element("th", classes.get(truth), "scope", "row");
      long[] row = counts.get(truth);
      for (int prediction = 0; prediction < row.length; prediction++) {
        page.element(
            "td",
            String.valueOf(row[prediction]),
            "class",
            prediction == truth ? "right" : "wrong",
            "style",
            String.format(Locale.ROOT, "--share:%.3f", share(truth, row[prediction])));
      }
      page.close("tr");
    }
    page.close("table").close("div");
  }

  private void drawMistakes(Html page) {
    List<Mistake> mistakes = commonestMistakes();
    if (mistakes.isEmpty()) {
      page.element("p", "It made no mistake.");
      return;
    }
    page.line().element("p", "The commonest mistakes, as true class → predicted class (count):");
    if (!samples.isEmpty()) {
      page.element(
          "p",
          "Under each image: the probability that the network gave to the predicted class.",
          "class",
          "none");
    }
    page.open("ol", "class", "mistakes");
    for (Mistake mistake : mistakes) {
      String truth = classes.get(mistake.truth());
      String prediction = classes.get(mistake.prediction());
      page.line()
          .open("li")
          .element(
              "b", String.format(Locale.ROOT, "%s → %s (%d)", truth, prediction, mistake.count()))
          .text(
              String.format(
                  Locale.ROOT,
                  ", %.1f %% of its class",
                  100 * share(mistake.truth(), mistake.count())));
      samples.draw(page, truth, prediction);
      page.close("li");
    }
    page.close("ol");
  }

  private List<Mistake> commonestMistakes() {
    List<Mistake> mistakes = new ArrayList<>();
    for (int truth = 0; truth < classes.size(); truth++) {
      for (int prediction = 0; prediction < classes.size(); prediction++) {
        long count = counts.get(truth)[prediction];
        if (truth != prediction && count > 0) {
          mistakes.add(new Mistake(truth, prediction, count));
        }
      }
    }
    return mistakes.stream()
        .sorted(Comparator.comparingLong(Mistake::count).reversed())
        .limit(MOST_MISTAKES)
        .toList();
  }

  private double share(int truth, long count) {
    return (double) count / Math.max(1, LongStream.of(counts.get(truth)).sum());
  }
}
