/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The pair of Bogacki and Shampine: order 3, embedded order 2, four stages of which a step
 * evaluates three, dense output of order 3 (Bogacki and Shampine, 1989).
 */
public final class BogackiShampine extends EmbeddedRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.bogackiShampine();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
