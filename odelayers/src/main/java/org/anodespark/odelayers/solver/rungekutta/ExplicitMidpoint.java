/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/** The explicit midpoint method: order 2, two stages (Runge, 1895); the RK2 of the ANODE paper. */
public final class ExplicitMidpoint extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.explicitMidpoint();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
