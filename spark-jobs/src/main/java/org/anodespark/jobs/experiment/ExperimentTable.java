/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodespark.jobs.config.ExperimentSettings;
import org.anodespark.jobs.config.PublishedFigure;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * The measures of all cells, by method and network, over the seeds.
 *
 * @param measures names of the columns
 * @param rows in the order of networks, then methods
 */
record ExperimentTable(List<String> measures, List<Row> rows) {
  ExperimentTable {
    measures = List.copyOf(measures);
    rows = List.copyOf(rows);
  }

  /**
   * One method on one network.
   *
   * @param network empty where there is only one
   * @param seeds how many of its cells have run to their end
   * @param failed how many have not
   * @param figures by measure
   */
  record Row(String network, String method, int seeds, int failed, Map<String, Figure> figures) {
    /** For people. */
    String name() {
      return new Cell.Pair(network, method).name();
    }
  }

  /**
   * One measure of one row.
   *
   * @param values with each seed
   * @param mean of the values
   * @param deviation standard deviation of the values as a sample; NaN for one value
   * @param least of the values
   * @param most of the values
   * @param ratio of the mean to that of the baseline on the same network; NaN if that has none
   * @param published the figure of somebody else; NaN if there is none
   */
  record Figure(
      List<Double> values,
      double mean,
      double deviation,
      double least,
      double most,
      double ratio,
      double published) {}

  /**
   * Lays results side by side.
   *
   * @param cells all cells, in the order in which they were planned
   * @param results of those that are done or failed
   */
  static ExperimentTable of(
      ExperimentSettings experiment, List<Cell> cells, Map<Cell, CellResult> results) {
    Map<Cell.Pair, List<CellResult>> byPair = new LinkedHashMap<>();
    for (Cell cell : cells) {
      byPair.computeIfAbsent(cell.pair(), pair -> new ArrayList<>());
      if (results.containsKey(cell)) {
        byPair.get(cell.pair()).add(results.get(cell));
      }
    }
    Set<String> measures = new LinkedHashSet<>();
    results.values().forEach(result -> measures.addAll(result.measures().keySet()));
    List<Row> rows = new ArrayList<>();
    byPair.forEach(
        (pair, ofPair) -> {
          List<CellResult> ofBaseline =
              byPair.getOrDefault(new Cell.Pair(pair.network(), experiment.baseline()), List.of());
          Map<String, Figure> figures = new LinkedHashMap<>();
          for (String measure : measures) {
            List<Double> values = values(ofPair, measure);
            if (!values.isEmpty()) {
              figures.put(
                  measure,
                  figure(
                      values,
                      statistics(values(ofBaseline, measure)).getMean(),
                      published(experiment.published(), pair, measure)));
            }
          }
          int failed = (int) ofPair.stream().filter(result -> result.failure() != null).count();
          rows.add(new Row(pair.network(), pair.method(), ofPair.size() - failed, failed, figures));
        });
    return new ExperimentTable(List.copyOf(measures), rows);
  }

  private static List<Double> values(Collection<CellResult> results, String measure) {
    return results.stream()
        .map(result -> result.measures().get(measure))
        .filter(value -> value != null && Double.isFinite(value))
        .toList();
  }

  private static DescriptiveStatistics statistics(List<Double> values) {
    return new DescriptiveStatistics(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Figure figure(List<Double> values, double ofBaseline, double published) {
    DescriptiveStatistics statistics = statistics(values);
    return new Figure(
        values,
        statistics.getMean(),
        values.size() == 1 ? Double.NaN : statistics.getStandardDeviation(),
        statistics.getMin(),
        statistics.getMax(),
        statistics.getMean() / ofBaseline,
        published);
  }

  private static double published(List<PublishedFigure> figures, Cell.Pair pair, String measure) {
    return figures.stream()
        .filter(figure -> figure.method().equals(pair.method()))
        .filter(figure -> figure.network().isEmpty() || figure.network().equals(pair.network()))
        .filter(figure -> figure.measure().equals(measure))
        .mapToDouble(PublishedFigure::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
