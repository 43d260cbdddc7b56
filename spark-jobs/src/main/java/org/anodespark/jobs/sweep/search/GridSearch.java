/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import java.util.List;
import java.util.stream.Stream;

/** Every combination of the values of each setting. */
final class GridSearch implements SearchStrategy {
  private final List<Assignment> points;

  GridSearch(SearchSpace space) {
    points = space.grid();
  }

  @Override
  public Stream<Assignment> points() {
    return points.stream();
  }
}
