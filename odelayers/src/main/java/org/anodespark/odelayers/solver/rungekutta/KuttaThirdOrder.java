/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/** Kutta's third-order method: order 3, three stages (Kutta, 1901). */
public final class KuttaThirdOrder extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.kuttaThirdOrder();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
