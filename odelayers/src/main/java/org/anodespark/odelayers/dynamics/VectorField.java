/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The right-hand side of dy/dt = f(t, y; theta).
 *
 * <p>Within one solve an implementation is deterministic: equal arguments give bit-equal results.
 * The shape of {@code out} is the shape of {@code y}. Arrays belong to the caller, are C-ordered
 * and contiguous.
 */
public interface VectorField {
  /**
   * {@code out := f(t, y)}; nothing is kept.
   *
   * @param t time
   * @param y state, left as it is
   * @param out receives dy/dt; not {@code y}
   */
  void evaluate(double t, INDArray y, INDArray out);

  /**
   * As {@link #evaluate}, with the same bits in {@code out}, keeping what a pullback reads.
   *
   * @return the kept evaluation; {@code y} and {@code out} must stay unchanged until it is closed
   */
  KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out);
}
