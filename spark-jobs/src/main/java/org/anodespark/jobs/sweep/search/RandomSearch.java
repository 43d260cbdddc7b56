/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Points that are drawn independently of each other. */
final class RandomSearch implements SearchStrategy {
  private final SearchSpace space;
  private final long seed;

  RandomSearch(SearchSpace space, long seed) {
    this.space = space;
    this.seed = seed;
  }

  @Override
  public Stream<Assignment> points() {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> space.at(random.doubles(space.size()).toArray()));
  }
}
