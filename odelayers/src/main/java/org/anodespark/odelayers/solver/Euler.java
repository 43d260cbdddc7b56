/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/**
 * The explicit Euler method: order 1, one stage. With one step of length 1 it is the plain residual
 * block {@code x + f(x)}.
 */
public final class Euler extends ExplicitRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final ButcherTableau TABLEAU =
      new ButcherTableau(new double[][] {{}}, new double[] {1}, new double[] {0});

  @Override
  protected ButcherTableau tableau() {
    return TABLEAU;
  }

  @Override
  public int order() {
    return 1;
  }
}
