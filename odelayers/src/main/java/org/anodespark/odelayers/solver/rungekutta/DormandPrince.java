/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The pair of Dormand and Prince: order 5, embedded order 4, seven stages of which a step evaluates
 * six, dense output of order 4 (Dormand and Prince, 1980; Hairer, Norsett and Wanner, 1993).
 */
public final class DormandPrince extends EmbeddedRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.dormandPrince();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
