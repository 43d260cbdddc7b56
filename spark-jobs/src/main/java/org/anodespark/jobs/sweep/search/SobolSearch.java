/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import java.util.stream.Stream;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.commons.math3.exception.OutOfRangeException;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points of a Sobol sequence, which fill the space more evenly than drawn ones, with the direction
 * numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional
 * projections", SIAM Journal on Scientific Computing 30(5), 2008. The first point of the sequence,
 * where all settings have their least values, is left out. It does not depend on a seed.
 */
final class SobolSearch implements SearchStrategy {
  private final SearchSpace space;

  SobolSearch(SearchSpace space) {
    this.space = space;
    generator();
  }

  private SobolSequenceGenerator generator() {
    try {
      return new SobolSequenceGenerator(space.size());
    } catch (OutOfRangeException e) {
      throw JobFailure.badConfiguration(
          "sweep.space has %d settings: sweep.strategy = sobol expects at most %s; search fewer, or use random."
              .formatted(space.size(), e.getHi()),
          e);
    }
  }

  @Override
  public Stream<Assignment> points() {
    SobolSequenceGenerator generator = generator();
    return Stream.generate(generator::nextVector).skip(1).map(space::at);
  }
}
