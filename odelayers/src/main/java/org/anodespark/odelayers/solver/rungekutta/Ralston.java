/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * Ralston's method: order 2, two stages, with the least bound on the local error among those
 * (Ralston, 1962).
 */
public final class Ralston extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.ralston();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
