/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.report.SweepPage;
import org.anodespark.jobs.run.MetricsPoint;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.anodespark.jobs.sweep.search.Assignment;

/** Puts what a sweep has come to onto its page. */
public final class SweepReport {
  private final Standings standings;
  private final List<SearchDimension> space;
  private final Map<String, Double> importance;
  private final Function<Trial, List<MetricsPoint>> metrics;

  /**
   * Plans it.
   *
   * @param space what was searched last
   * @param importance of its settings
   * @param metrics finds those of the first training of a trial
   */
  public SweepReport(
      Standings standings,
      List<SearchDimension> space,
      Map<String, Double> importance,
      Function<Trial, List<MetricsPoint>> metrics) {
    this.standings = standings;
    this.space = List.copyOf(space);
    this.importance = new LinkedHashMap<>(importance);
    this.metrics = metrics;
  }

  /**
   * The text of the page.
   *
   * @param location of the sweep's run directory
   * @param notes sentences about the sweep
   */
  public String page(String location, List<String> notes) {
    List<String> measureNames = standings.measureNames();
    List<String> keys = standings.keys();
    List<String> columns = new ArrayList<>(List.of("state", "epochs"));
    columns.addAll(measureNames);
    columns.addAll(keys);
    columns.add("failure");
    return SweepPage.of(
        new SweepPage.Content(
            location.substring(location.lastIndexOf('/') + 1),
            standings.objectives().stream()
                .map(objective -> new SweepPage.Goal(objective.measure(), objective.maximize()))
                .toList(),
            space.stream().map(SweepReport::key).toList(),
            standings.trials().stream().map(trial -> trial(trial, measureNames, keys)).toList(),
            columns,
            importance,
            standings.paretoFront().stream().map(Trial::number).toList(),
            notes));
  }

  private static SweepPage.Key key(SearchDimension dimension) {
    return new SweepPage.Key(
        dimension.key(),
        dimension.choices().stream().map(Assignment::plain).toList(),
        dimension.kind() == SearchDimension.Kind.LOG_UNIFORM);
  }

  private SweepPage.Trial trial(Trial trial, List<String> measureNames, List<String> keys) {
    Map<String, Double> measures = standings.measures(trial);
    Map<String, String> values = new LinkedHashMap<>();
    trial.assignment().values().forEach((key, value) -> values.put(key, Assignment.plain(value)));
    List<String> cells = new ArrayList<>();
    cells.add(standings.state(trial).name().toLowerCase(Locale.ROOT));
    cells.add(String.valueOf(trial.epochs()));
    for (String name : measureNames) {
      Double value = measures.get(name);
      cells.add(value == null ? "" : String.format(Locale.ROOT, "%.4g", value));
    }
    keys.forEach(key -> cells.add(trial.assignment().value(key)));
    cells.add(trial.failure().orElse(""));
    return new SweepPage.Trial(
        trial.number(),
        standings.state(trial) == Standings.State.DONE,
        values,
        standings.objectives().stream()
            .map(Objective::measure)
            .map(measure -> measures.getOrDefault(measure, Double.NaN))
            .toList(),
        cells,
        metrics.apply(trial));
  }
}
