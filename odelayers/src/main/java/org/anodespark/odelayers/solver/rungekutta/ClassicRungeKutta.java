/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/** The classical fourth-order method: order 4, four stages (Kutta, 1901). */
public final class ClassicRungeKutta extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.classicRungeKutta();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
