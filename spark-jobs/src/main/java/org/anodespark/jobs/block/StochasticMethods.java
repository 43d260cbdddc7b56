/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.function.Supplier;
import org.anodespark.odelayers.stochastic.rungekutta.EulerMaruyama;
import org.anodespark.odelayers.stochastic.rungekutta.Milstein;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri2;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;

/** What {@code experiment.stochastic-solver} may be. */
public final class StochasticMethods {
  /** A new method for each name. */
  public static final Choices<Supplier<StochasticRungeKutta>> CHOICES =
      Choices.<Supplier<StochasticRungeKutta>>none()
          .and("euler-maruyama", EulerMaruyama::new)
          .and("milstein", Milstein::new)
          .and("sosri", Sosri::new)
          .and("sosri2", Sosri2::new);

  private StochasticMethods() {}

  /**
   * The method of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static StochasticRungeKutta of(String name) {
    return CHOICES.get(name).get();
  }
}
