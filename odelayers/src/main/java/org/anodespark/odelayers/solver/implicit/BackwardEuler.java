/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The implicit Euler method {@code y1 = y0 + h f(t1, y1)}: order 1, one kept evaluation, no error
 * estimate. A-stable and L-stable (Hairer and Wanner, "Solving Ordinary Differential Equations II",
 * section IV.3): a stiff component vanishes within a step, as it does in truth.
 */
public final class BackwardEuler extends ThetaMethod {
  private static final long serialVersionUID = 1L;

  /** With the default tolerance and limits. */
  public BackwardEuler() {
    this(0.0, 0, 0);
  }

  /**
   * @param tolerance relative tolerance to which the equations of a step are solved, less than 1; 0
   *     for 1e-12 in double precision and 1e-6 in single precision
   * @param maxIterations most corrections of Newton's iteration in one step; 0 for 20
   * @param maxLinearIterations most products with the Jacobian for one correction; 0 for 500
   * @throws IllegalArgumentException if a value is out of range
   */
  public BackwardEuler(
      @JsonProperty("tolerance") double tolerance,
      @JsonProperty("maxIterations") int maxIterations,
      @JsonProperty("maxLinearIterations") int maxLinearIterations) {
    super(tolerance, maxIterations, maxLinearIterations);
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  double theta() {
    return 1.0;
  }
}
