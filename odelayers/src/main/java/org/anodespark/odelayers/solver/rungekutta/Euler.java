/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

/**
 * The explicit Euler method: order 1, one stage (Euler, 1768). With one step of length 1 it is the
 * plain residual block {@code x + f(x)}.
 */
public final class Euler extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU = Tableaus.euler();

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }
}
