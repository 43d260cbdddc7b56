/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One evaluation of a {@link VectorField} with what products with its Jacobian read. Products may
 * be asked for any number of times, in any order, until it is closed.
 */
public interface KeptEvaluation extends AutoCloseable {
  /**
   * The vector-Jacobian product: {@code out := (df/dy)^T cotangent}, and {@code parameterScale *
   * (df/dtheta)^T cotangent} is ADDED to the field's parameter gradient.
   *
   * @param cotangent shape of the state; destroyed
   * @param parameterScale 1 in a discrete adjoint; 0 leaves the parameter gradient as it is
   * @param out receives the result; not {@code cotangent}
   */
  void pullback(INDArray cotangent, double parameterScale, INDArray out);

  /**
   * The Jacobian-vector product: {@code out := (df/dy) tangent}.
   *
   * @param tangent shape of the state, left as it is
   * @param out receives the result; not {@code tangent}
   * @throws UnsupportedOperationException if the field has none; only implicit methods ask
   */
  default void pushforward(INDArray tangent, INDArray out) {
    throw new UnsupportedOperationException(
        getClass().getName()
            + " has no Jacobian-vector product; implement pushforward, or choose an explicit"
            + " method.");
  }

  /** Whether the products read the array in which the evaluation left its result. */
  boolean readsResult();

  /** Bytes that this evaluation keeps alive besides its argument and its result. */
  long keptBytes();

  /** Frees what was kept. */
  @Override
  void close();
}
