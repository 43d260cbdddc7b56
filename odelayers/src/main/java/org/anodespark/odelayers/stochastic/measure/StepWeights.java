/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.measure;

/**
 * How the loss depends on the measures of steps: its derivatives with respect to the errors and
 * stiffnesses of a solve, step sizes and noise held fixed. A regulariser is such weights and the
 * value that they are the derivatives of.
 */
public interface StepWeights {
  /** Weights of a loss that depends on no measure. */
  StepWeights NONE = new StepWeights() {};

  /**
   * The derivative with respect to E of a step.
   *
   * @param step number of accepted steps before it
   */
  default double ofError(int step) {
    return 0;
  }

  /**
   * The derivative with respect to S of a step.
   *
   * @param step number of accepted steps before it
   */
  default double ofStiffness(int step) {
    return 0;
  }
}
