/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One recorded step, ready to be differentiated once. */
public interface StepTape extends AutoCloseable {
  /**
   * The exact discrete adjoint of the step: {@code adjoint} holds the gradient with respect to the
   * state after the step and receives the one before it; the field's parameter gradient grows.
   * Evaluations are freed as they are used.
   */
  void pullback(INDArray adjoint);

  /** Frees what is still kept. */
  @Override
  void close();
}
