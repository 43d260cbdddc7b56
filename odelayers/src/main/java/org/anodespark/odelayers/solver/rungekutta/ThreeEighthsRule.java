/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The 3/8 rule: order 4, four stages (Kutta, 1901). Not the {@linkplain ClassicRungeKutta
 * classical} method, although some libraries call it {@code rk4}.
 */
public final class ThreeEighthsRule extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.threeEighthsRule();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
