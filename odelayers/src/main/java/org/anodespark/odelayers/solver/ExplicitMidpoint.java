/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/** The explicit midpoint method (Runge, 1895): order 2, two stages; the RK2 of the ANODE paper. */
public final class ExplicitMidpoint extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU =
      new ButcherTableau(
          new double[][] {{}, {1.0 / 2}}, new double[] {0, 1}, new double[] {0, 1.0 / 2});

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }

  @Override
  public int order() {
    return 2;
  }
}
