/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

/** How the gradient of a strategy relates to the discrete solution that the network computes. */
public enum Exactness {
  /** The gradient of the discrete solution, with the bits of {@link FullStorage}. */
  EXACT,
  /** The gradient of the discrete solution but for the rounding of states that were rebuilt. */
  EXACT_UP_TO_ROUNDING,
  /**
   * Another discretisation of the gradient of the continuous solution: not the gradient of anything
   * that the network computes.
   */
  APPROXIMATE
}
