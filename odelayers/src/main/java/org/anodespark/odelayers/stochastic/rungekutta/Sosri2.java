/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

/**
 * The method SOSRI2: strong order 1.5, weak order 2; four evaluations of f and four of g; error
 * estimate as that of {@link Sosri}. Its last two drifts are evaluated at the end of the step, so
 * that the quotient of their difference and that of their arguments estimates stiffness (Rackauckas
 * and Nie, 2020).
 */
public final class Sosri2 extends StochasticRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final StochasticTableau TABLEAU = StochasticTableaus.sosri2();

  @Override
  StochasticTableau tableau() {
    return TABLEAU;
  }
}
