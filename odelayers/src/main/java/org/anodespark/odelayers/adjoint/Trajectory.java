/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What a strategy kept of a solve, ready to be differentiated once. */
public interface Trajectory extends AutoCloseable {
  /**
   * {@code adjoint} holds the loss's gradient with respect to the final state and receives the one
   * with respect to the initial state; the field's parameter gradient grows.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException if the backward pass solves an
   *     equation of its own and that fails
   */
  void pullback(INDArray adjoint);

  /**
   * Gives up what {@link AdjointStrategy#solveToDifferentiateNext} kept beyond what the strategy
   * needs; the gradient has the same bits afterwards.
   */
  default void reduce() {
    // most strategies keep what they need in any case
  }

  /** Frees what is still kept. */
  @Override
  void close();
}
