/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

/**
 * The method of Euler and Maruyama: {@code u + h f + dW g}. Strong order 0.5, and 1 for additive
 * noise; one evaluation of f and one of g; no error estimate (Maruyama, 1955).
 */
public final class EulerMaruyama extends StochasticRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final StochasticTableau TABLEAU = StochasticTableaus.eulerMaruyama();

  @Override
  StochasticTableau tableau() {
    return TABLEAU;
  }
}
