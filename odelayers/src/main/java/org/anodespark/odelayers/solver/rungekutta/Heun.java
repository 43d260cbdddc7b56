/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/** Heun's method, the explicit trapezoidal rule: order 2, two stages (Heun, 1900). */
public final class Heun extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.heun();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
