/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/** The classical fourth-order method (Kutta, 1901): order 4, four stages. */
public final class ClassicRungeKutta extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU =
      new ButcherTableau(
          new double[][] {{}, {1.0 / 2}, {0, 1.0 / 2}, {0, 0, 1}},
          new double[] {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6},
          new double[] {0, 1.0 / 2, 1.0 / 2, 1});

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }

  @Override
  public int order() {
    return 4;
  }
}
