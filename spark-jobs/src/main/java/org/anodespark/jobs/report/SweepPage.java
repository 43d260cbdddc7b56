/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.anodespark.jobs.run.MetricsPoint;

/** One HTML page about a sweep. */
public final class SweepPage {
  /** The name of the file in a run directory. */
  public static final String FILE = "sweep.html";

  /** So many trials are told from each other by colours. */
  private static final int COLOURED = 8;

  private static final String STANDING_BACK = "run7 faded";

  private SweepPage() {}

  /**
   * What is looked for.
   *
   * @param measure name of the measure
   * @param maximize whether more of it is better
   */
  public record Goal(String measure, boolean maximize) {}

  /**
   * A setting that was searched.
   *
   * @param key of the setting
   * @param choices its values, if they were listed; empty for numbers
   * @param logarithmic whether numbers are drawn by their logarithms
   */
  public record Key(String key, List<String> choices, boolean logarithmic) {
    public Key {
      choices = List.copyOf(choices);
    }
  }

  /**
   * A trial.
   *
   * @param number of the trial
   * @param done whether it was trained to its end
   * @param values by key; without those that were not searched for it
   * @param results for each goal; NaN if not known
   * @param cells of its row in the table
   * @param metrics of its training
   */
  public record Trial(
      int number,
      boolean done,
      Map<String, String> values,
      List<Double> results,
      List<String> cells,
      List<MetricsPoint> metrics) {
    String name() {
      return "trial " + number;
    }
  }

  /**
   * All of a page.
   *
   * @param title of the page
   * @param goals one or two
   * @param keys what was searched
   * @param trials the best one first
   * @param columns of the table
   * @param importance of keys, from 0 to 1; empty if not known
   * @param front numbers of the trials on the Pareto front
   * @param notes sentences below the heading
   */
  public record Content(
      String title,
      List<Goal> goals,
      List<Key> keys,
      List<Trial> trials,
      List<String> columns,
      Map<String, Double> importance,
      List<Integer> front,
      List<String> notes) {}

  /** The whole text of the page. */
  public static String of(Content content) {
    Html page = Page.begin(content.title());
    content.notes().forEach(note -> page.element("p", note));
    drawLegend(page, content.trials());
    page.line().open("section", "class", "charts");
    results(content).draw(page);
    new BarChart("What decides about " + content.goals().get(0).measure(), byShare(content))
        .draw(page);
    curves(content).draw(page, content.trials().stream().map(Trial::name).toList());
    if (content.goals().size() > 1) {
      front(content).draw(page);
    }
    page.close("section");
    page.line().open("section");
    coordinates(content).draw(page);
    page.close("section");
    page.line().element("h2", "Trials");
    Page.table(
        page,
        content.columns(),
        content.trials().stream().map(trial -> new Page.Row(trial.name(), trial.cells())).toList());
    return Page.end(page);
  }

  private static void drawLegend(Html page, List<Trial> trials) {
    page.line().open("ul", "class", "runs");
    for (int rank = 0; rank < Math.min(COLOURED - 1, trials.size()); rank++) {
      Trial trial = trials.get(rank);
      if (Double.isFinite(trial.results().get(0))) {
        page.open("li", "class", style(rank))
            .element("b", trial.name())
            .text(" ")
            .element("span", describe(trial.values()))
            .close("li");
      }
    }
    page.close("ul");
  }

  private static String describe(Map<String, String> values) {
    List<String> parts = new ArrayList<>();
    values.forEach((key, value) -> parts.add(key + " = " + value));
    return String.join(", ", parts);
  }

  /** The best trials have colours. */
  private static String style(int rank) {
    return rank < COLOURED - 1 ? Chart.colour(rank) : STANDING_BACK;
  }

  private static ScatterChart results(Content content) {
    Goal goal = content.goals().get(0);
    List<ScatterChart.Mark> marks = new ArrayList<>();
    for (int rank = content.trials().size() - 1; rank >= 0; rank--) {
      Trial trial = content.trials().get(rank);
      double result = trial.results().get(0);
      if (Double.isFinite(result)) {
        marks.add(
            new ScatterChart.Mark(
                new Curve.Point(trial.number(), result), style(rank), tip(trial, goal, result)));
      }
    }
    return new ScatterChart(
        goal.measure() + " of each trial, and the best of those trained to their end",
        "trial",
        marks,
        bestSoFar(content.trials(), goal));
  }

  private static String tip(Trial trial, Goal goal, double result) {
    return String.format(
        Locale.ROOT,
        "%s: %s %.6g; %s",
        trial.name(),
        goal.measure(),
        result,
        describe(trial.values()));
  }

  private static List<Curve.Point> bestSoFar(List<Trial> trials, Goal goal) {
    List<Curve.Point> corners = new ArrayList<>();
    double best = Double.NaN;
    List<Trial> inTurn =
        trials.stream()
            .filter(trial -> trial.done() && Double.isFinite(trial.results().get(0)))
            .sorted(Comparator.comparingInt(Trial::number))
            .toList();
    for (Trial trial : inTurn) {
      double result = trial.results().get(0);
      if (Double.isNaN(best) || (goal.maximize() ? result > best : result < best)) {
        if (!Double.isNaN(best)) {
          corners.add(new Curve.Point(trial.number(), best));
        }
        best = result;
        corners.add(new Curve.Point(trial.number(), best));
      }
    }
    OptionalDouble last = trials.stream().mapToDouble(Trial::number).max();
    if (!corners.isEmpty()) {
      corners.add(new Curve.Point(last.orElseThrow(), best));
    }
    return corners;
  }

  private static Map<String, Double> byShare(Content content) {
    Map<String, Double> sorted = new LinkedHashMap<>();
    content.importance().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static Chart curves(Content content) {
    boolean loss = content.goals().get(0).measure().equals("train_loss");
    List<Curve> curves = new ArrayList<>();
    for (int rank = content.trials().size() - 1; rank >= 0; rank--) {
      Trial trial = content.trials().get(rank);
      List<Curve.Point> points =
          trial.metrics().stream()
              .filter(point -> !point.ofRound())
              .map(
                  point ->
                      new Curve.Point(
                          point.epoch(), loss ? point.trainLoss() : point.testAccuracy()))
              .filter(point -> Double.isFinite(point.y()))
              .toList();
      curves.add(new Curve(rank, !trial.done(), points));
    }
    return new Chart(
        (loss ? "Loss in training" : "Test accuracy") + "; trials that were ended early are faded",
        false,
        curves);
  }

  private static ScatterChart front(Content content) {
    Goal first = content.goals().get(0);
    Goal second = content.goals().get(1);
    List<ScatterChart.Mark> marks = new ArrayList<>();
    List<Curve.Point> line = new ArrayList<>();
    for (int rank = content.trials().size() - 1; rank >= 0; rank--) {
      Trial trial = content.trials().get(rank);
      Curve.Point place = new Curve.Point(trial.results().get(1), trial.results().get(0));
      if (Double.isFinite(place.x()) && Double.isFinite(place.y())) {
        boolean best = content.front().contains(trial.number());
        marks.add(
            new ScatterChart.Mark(
                place, best ? "run0" : STANDING_BACK, tip(trial, first, place.y())));
        if (best) {
          line.add(place);
        }
      }
    }
    line.sort(Comparator.comparingDouble(Curve.Point::x));
    return new ScatterChart(
        first.measure() + " against " + second.measure() + ", with the Pareto front",
        second.measure(),
        marks,
        line);
  }

  private static ParallelCoordinates coordinates(Content content) {
    List<Coordinate> coordinates = new ArrayList<>();
    for (Key key : content.keys()) {
      coordinates.add(Coordinate.of(key, content.trials()));
    }
    for (int i = 0; i < content.goals().size(); i++) {
      int goal = i;
      coordinates.add(
          Coordinate.ofNumbers(
              content.goals().get(i).measure(),
              false,
              content.trials().stream().map(trial -> trial.results().get(goal)).toList()));
    }
    List<ParallelCoordinates.Line> lines =
        new ArrayList<>(
            IntStream.range(0, content.trials().size())
                .mapToObj(
                    rank ->
                        new ParallelCoordinates.Line(
                            coordinates.stream().map(axis -> axis.places().get(rank)).toList(),
                            style(rank),
                            content.trials().get(rank).name()))
                .toList());
    Collections.reverse(lines);
    return new ParallelCoordinates(
        "All trials; the best ones in colour",
        coordinates.stream().map(Coordinate::scale).toList(),
        lines);
  }

  /**
   * An axis and where each trial is on it.
   *
   * @param places from 0 to 1; NaN where a trial has none
   */
  private record Coordinate(ParallelCoordinates.Scale scale, List<Double> places) {
    static Coordinate of(Key key, List<Trial> trials) {
      List<String> values =
          trials.stream().map(trial -> trial.values().getOrDefault(key.key(), "")).toList();
      if (key.choices().isEmpty()) {
        return ofNumbers(
            key.key(),
            key.logarithmic(),
            values.stream()
                .map(value -> value.isEmpty() ? Double.NaN : Double.parseDouble(value))
                .toList());
      }
      int last = Math.max(1, key.choices().size() - 1);
      List<ParallelCoordinates.Label> labels =
          IntStream.range(0, key.choices().size())
              .mapToObj(i -> new ParallelCoordinates.Label((double) i / last, key.choices().get(i)))
              .toList();
      return new Coordinate(
          new ParallelCoordinates.Scale(key.key(), labels),
          values.stream()
              .map(
                  value ->
                      key.choices().contains(value)
                          ? (double) key.choices().indexOf(value) / last
                          : Double.NaN)
              .toList());
    }

    static Coordinate ofNumbers(String name, boolean logarithmic, List<Double> values) {
      List<Double> numbers =
          values.stream().map(value -> logarithmic ? Math.log10(value) : value).toList();
      List<Double> finite = numbers.stream().filter(Double::isFinite).sorted().toList();
      if (finite.isEmpty()) {
        return new Coordinate(new ParallelCoordinates.Scale(name, List.of()), numbers);
      }
      Axis axis = Axis.covering(finite.get(0), finite.get(finite.size() - 1));
      List<ParallelCoordinates.Label> labels =
          axis.ticks().stream()
              .map(
                  tick ->
                      new ParallelCoordinates.Label(
                          axis.fraction(tick),
                          logarithmic
                              ? String.format(Locale.ROOT, "%.2g", Math.pow(10, tick))
                              : axis.label(tick)))
              .toList();
      return new Coordinate(
          new ParallelCoordinates.Scale(name, labels),
          numbers.stream()
              .map(value -> Double.isFinite(value) ? axis.fraction(value) : Double.NaN)
              .toList());
    }
  }
}
