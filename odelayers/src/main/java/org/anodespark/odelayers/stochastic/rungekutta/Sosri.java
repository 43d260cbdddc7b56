/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

/**
 * The method SOSRI: strong order 1.5, weak order 2; four evaluations of f and four of g; error
 * estimate {@code h sum k_i + chi2 sum beta3_i g_i + chi3 sum beta4_i g_i}. Its coefficients were
 * chosen for a large region of stability (Rackauckas and Nie, 2020).
 */
public final class Sosri extends StochasticRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final StochasticTableau TABLEAU = StochasticTableaus.sosri();

  @Override
  StochasticTableau tableau() {
    return TABLEAU;
  }
}
