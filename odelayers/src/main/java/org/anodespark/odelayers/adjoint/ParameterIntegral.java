/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

/**
 * How a continuous adjoint computes the parameter gradient, the integral of {@code a^T df/dtheta}.
 */
public enum ParameterIntegral {
  /**
   * As part of the state of the backward solve that step control does not look at (Kidger, Chen and
   * Lyons, "Hey, that's not an ODE", ICML 2021).
   */
  SEMINORM,
  /** As part of the state of the backward solve, and of its error norm: the original method. */
  FULL_NORM,
  /**
   * Outside the state, by Gauss-Legendre quadrature with three nodes over each accepted step of the
   * backward solve; needs a method with dense output, and three more evaluations of f for each step
   * unless f has no parameters.
   */
  QUADRATURE
}
