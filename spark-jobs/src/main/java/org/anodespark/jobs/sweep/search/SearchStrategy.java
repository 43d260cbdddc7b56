/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.anodespark.jobs.config.SweepSettings;

/**
 * In what order a space is searched. Each strategy is one sequence of points, the same whenever it
 * is asked for: a sweep that goes on takes up where it was.
 */
public interface SearchStrategy {
  /** So many points one after the other that the sequence had before: the space is used up. */
  int MOST_REPEATS = 10_000;

  /** The points in turn; points may come again. */
  Stream<Assignment> points();

  /**
   * The first point that was not searched yet.
   *
   * @param searched those that were
   * @return nothing if there seems to be none
   */
  default Optional<Assignment> next(Set<Assignment> searched) {
    Set<Assignment> met = new HashSet<>();
    int repeats = 0;
    Iterator<Assignment> points = points().iterator();
    while (points.hasNext() && repeats < MOST_REPEATS) {
      Assignment point = points.next();
      if (!met.add(point)) {
        repeats++;
      } else if (searched.contains(point)) {
        repeats = 0;
      } else {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  /**
   * The one that settings ask for.
   *
   * @param sweep says what is searched how
   * @param seed of the sweep
   * @throws org.anodespark.jobs.failure.JobFailure exit code 2, if the space is too large for it
   */
  static SearchStrategy of(SweepSettings sweep, long seed) {
    SearchSpace space = new SearchSpace(sweep.space());
    return switch (sweep.strategy()) {
      case SweepSettings.GRID -> new GridSearch(space);
      case SweepSettings.SOBOL -> new SobolSearch(space);
      default -> new RandomSearch(space, seed);
    };
  }
}
