/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.failure.JobFailure;

/** All assignments of values to some settings. */
final class SearchSpace {
  /** More trials than anybody will train. */
  private static final int MOST_OF_A_GRID = 100_000;

  private final List<SearchDimension> dimensions;

  /**
   * Makes a space.
   *
   * @param dimensions those that others depend on before these
   */
  SearchSpace(List<SearchDimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
  }

  int size() {
    return dimensions.size();
  }

  /**
   * The assignment at a point of the unit cube.
   *
   * @param places one for each dimension, from 0 to 1, 1 excluded
   */
  Assignment at(double[] places) {
    SortedMap<String, String> values = new TreeMap<>();
    for (int i = 0; i < dimensions.size(); i++) {
      SearchDimension dimension = dimensions.get(i);
      if (isSearched(dimension, values)) {
        values.put(dimension.key(), dimension.at(places[i]));
      }
    }
    return new Assignment(values);
  }

  /**
   * Every combination of the values of a grid, the last dimension changing fastest.
   *
   * @throws JobFailure exit code 2, if there are more than 100,000
   */
  List<Assignment> grid() {
    List<SortedMap<String, String>> combinations = List.of(new TreeMap<>());
    for (SearchDimension dimension : dimensions) {
      List<SortedMap<String, String>> longer = new ArrayList<>();
      for (SortedMap<String, String> values : combinations) {
        if (isSearched(dimension, values)) {
          for (String value : dimension.grid()) {
            SortedMap<String, String> more = new TreeMap<>(values);
            more.put(dimension.key(), value);
            longer.add(more);
          }
        } else {
          longer.add(values);
        }
        requireFewEnough(longer.size());
      }
      combinations = longer;
    }
    return combinations.stream().map(Assignment::new).toList();
  }

  private static void requireFewEnough(int points) {
    if (points > MOST_OF_A_GRID) {
      throw JobFailure.badConfiguration(
          "The grid of sweep.space has more than %d points: expected fewer values, or sweep.strategy = random or sobol with sweep.trials of them."
              .formatted(MOST_OF_A_GRID));
    }
  }

  private static boolean isSearched(SearchDimension dimension, SortedMap<String, String> values) {
    return dimension.conditions().entrySet().stream()
        .allMatch(
            condition ->
                condition.getValue().contains(values.getOrDefault(condition.getKey(), "")));
  }
}
