/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The trapezoidal rule {@code y1 = y0 + h/2 (f(t0, y0) + f(t1, y1))}: order 2, two kept
 * evaluations, no error estimate (Crank and Nicolson, 1947). A-stable but not L-stable: a stiff
 * component that is there at the start stays bounded, but swings from step to step; {@link
 * BackwardEuler} damps it.
 */
public final class CrankNicolson extends ThetaMethod {
  private static final long serialVersionUID = 1L;

  /** With the default tolerance and limits. */
  public CrankNicolson() {
    this(0.0, 0, 0);
  }

  /**
   * @param tolerance relative tolerance to which the equations of a step are solved, less than 1; 0
   *     for 1e-12 in double precision and 1e-6 in single precision
   * @param maxIterations most corrections of Newton's iteration in one step; 0 for 20
   * @param maxLinearIterations most products with the Jacobian for one correction; 0 for 500
   * @throws IllegalArgumentException if a value is out of range
   */
  public CrankNicolson(
      @JsonProperty("tolerance") double tolerance,
      @JsonProperty("maxIterations") int maxIterations,
      @JsonProperty("maxLinearIterations") int maxLinearIterations) {
    super(tolerance, maxIterations, maxLinearIterations);
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  double theta() {
    return 0.5;
  }
}
