/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

/**
 * The method of Milstein without derivatives: {@code u + h f + dW g + (dW^2 - h) / (2 sqrt(h)) (g(u
 * + h f + sqrt(h) g) - g)}. Strong order 1; one evaluation of f and two of g; no error estimate
 * (Milstein, 1974; the difference in place of {@code g' g} is Platen's, in Kloeden and Platen,
 * 1992, section 11.1).
 *
 * <p>With the product {@code g' g} instead, the gradient of a step would need second derivatives of
 * g, which no DL4J layer has.
 */
public final class Milstein extends StochasticRungeKutta {
  private static final long serialVersionUID = 1L;
  private static final StochasticTableau TABLEAU = StochasticTableaus.milstein();

  @Override
  StochasticTableau tableau() {
    return TABLEAU;
  }
}
