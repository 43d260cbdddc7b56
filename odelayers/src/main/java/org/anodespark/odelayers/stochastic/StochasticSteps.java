/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic;

import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;

/** Step control with the numbers that suit stochastic equations. */
public final class StochasticSteps {
  /** Exponent of the present error, 7 / (10 p) for p = 3 / 2. */
  private static final double PRESENT = 7.0 / 15;

  /** Exponent of the error before, 2 / (5 p) for p = 3 / 2. */
  private static final double BEFORE = 4.0 / 15;

  /** AdaptiveSteps divides its coefficients by this power of h. */
  private static final double POWER = 2;

  /** Parts of the interval where steps are not known ahead. */
  private static final int PARTS = 32;

  private StochasticSteps() {}

  /**
   * A PI controller: the next step is the present one times {@code 0.9 E^(-0.4667)
   * E_before^0.2667}, at least a fifth and at most 9/8 of it (Rackauckas and Nie, "Adaptive methods
   * for stochastic differential equations via natural embeddings and rejection sampling with
   * memory", Discrete and Continuous Dynamical Systems B 22(7), 2017; the factors are those of
   * their software). A rejected step is followed by one of {@code 0.9 E^(-1/2)} times its length.
   * The first step is guessed from f alone; set {@code firstStep} where f says little.
   *
   * @param relativeTolerance not negative
   * @param absoluteTolerance positive
   * @return a builder for what else is to be set
   */
  public static AdaptiveSteps.Builder adaptive(double relativeTolerance, double absoluteTolerance) {
    return new AdaptiveSteps.Builder(relativeTolerance, absoluteTolerance)
        .coefficients(POWER * BEFORE, POWER * (PRESENT - BEFORE), 0)
        .safety(0.9)
        .factors(0.2, 9.0 / 8);
  }

  /**
   * Cells for a {@link org.anodespark.odelayers.stochastic.noise.BrownianPath}: the steps
   * themselves if their number is known ahead, a few parts if not.
   *
   * @param control chooses the steps
   * @param start time of the initial state
   * @param times of the output, rising, all after {@code start}; several ones are several solves,
   *     one after the other
   */
  public static TimeGrid cells(StepControl control, double start, double... times) {
    int inEach = control.steps().orElse((PARTS + times.length - 1) / times.length);
    double[] cells = new double[times.length * inEach + 1];
    cells[0] = start;
    for (int i = 0; i < times.length; i++) {
      TimeGrid stretch = TimeGrid.equalSteps(i == 0 ? start : times[i - 1], times[i], inEach);
      for (int step = 0; step < inEach; step++) {
        cells[i * inEach + step + 1] = stretch.step(step).end();
      }
    }
    return TimeGrid.of(cells);
  }
}
