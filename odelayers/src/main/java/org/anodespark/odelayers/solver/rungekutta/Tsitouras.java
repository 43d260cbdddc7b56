/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The pair of Tsitouras: order 5, embedded order 4, seven stages of which a step evaluates six,
 * dense output of order 4 (Tsitouras, 2011).
 */
public final class Tsitouras extends EmbeddedRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.tsitouras();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
