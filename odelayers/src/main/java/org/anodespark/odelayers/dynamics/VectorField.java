/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The right-hand side of dy/dt = f(t, y; theta).
 *
 * <p>Within one solve an implementation is deterministic: equal arguments give bit-equal results.
 * The shape of {@code out} is the shape of {@code y}. Arrays belong to the caller, are C-ordered
 * and contiguous.
 *
 * <p>Whoever writes a field of his own needs {@link #evaluate}, {@link #evaluateAndKeep} and, if it
 * has parameters, {@link #parameterGradient}.
 */
public interface VectorField {
  /**
   * {@code out := f(t, y)}; nothing is kept.
   *
   * @param t time
   * @param y state, left as it is
   * @param out receives dy/dt; not {@code y}
   * @throws org.anodespark.odelayers.failure.OdeSolveException if f cannot be evaluated here
   */
  void evaluate(double t, INDArray y, INDArray out);

  /**
   * As {@link #evaluate}, with the same bits in {@code out}, keeping what products with the
   * Jacobian read.
   *
   * @return the kept evaluation; {@code y} must stay unchanged until it is closed, and {@code out}
   *     too if it {@linkplain KeptEvaluation#readsResult reads its result}
   */
  KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out);

  /**
   * The running sum into which pullbacks add (df/dtheta)^T w, {@code [P]}, contiguous, the same
   * array during one solve; null if f has no parameters or cannot be differentiated. The caller may
   * read and overwrite it between pullbacks.
   */
  default INDArray parameterGradient() {
    return null;
  }

  /**
   * Looks for the part of f that gives NaN or infinity first, for an error message.
   *
   * @param t time
   * @param y state, finite
   * @return such as "layer 2 (DenseLayer)"; empty if nothing is known beyond the result itself
   */
  default String locateNonFinite(double t, INDArray y) {
    return "";
  }
}
