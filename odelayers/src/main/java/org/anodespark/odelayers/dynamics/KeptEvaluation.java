/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One evaluation of a {@link VectorField} with the activations that its pullback reads. */
public interface KeptEvaluation extends AutoCloseable {
  /**
   * The vector-Jacobian product: {@code out := (df/dy)^T cotangent}, and (df/dtheta)^T cotangent is
   * ADDED to the field's parameter gradient.
   *
   * @param cotangent shape of the state; destroyed
   * @param out receives the result; not {@code cotangent}
   */
  void pullback(INDArray cotangent, INDArray out);

  /** Bytes that this evaluation keeps alive besides its argument, its result included. */
  long keptBytes();

  /** Frees what was kept. */
  @Override
  void close();
}
