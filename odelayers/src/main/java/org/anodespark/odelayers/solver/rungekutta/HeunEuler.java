/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The pair of Heun's and Euler's methods: order 2, embedded order 1, two stages, dense output of
 * order 2.
 */
public final class HeunEuler extends EmbeddedRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.heunEuler();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
