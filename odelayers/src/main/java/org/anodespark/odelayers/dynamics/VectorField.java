/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.Jet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The right-hand side of dy/dt = f(t, y; theta).
 *
 * <p>Within one solve an implementation is deterministic: equal arguments give bit-equal results.
 * The shape of {@code out} is the shape of {@code y}. Arrays belong to the caller, are C-ordered
 * and contiguous.
 *
 * <p>Whoever writes a field of his own needs {@link #evaluate}, {@link #evaluateAndKeep} and, if it
 * has parameters, {@link #parameterGradient}; {@link #jet} is for regularisers of derivatives.
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
   * This field as a solve backwards in time needs it. At a time at which it jumps f is its limit
   * from later times, with which a step forwards begins; here it is the limit from earlier ones,
   * with which a step backwards does. Everything else, and the parameter gradient, is shared.
   *
   * @return by default this field itself, for those that are continuous in time
   */
  default VectorField backwards() {
    return this;
  }

  /**
   * Begins to compute Taylor coefficients of f along a curve {@code (time + rate s, y_0 + y_1 s +
   * ...)}; the coefficients of y are given one by one. Along a solution, with rate 1, {@code
   * y_(k+1) = f_k / (k + 1)}; with rate 0 and y_1 any direction, f_1 is a Jacobian-vector product.
   * Its pullbacks ADD to the field's parameter gradient.
   *
   * @param time t at s = 0
   * @param rate dt/ds
   * @return a jet that has borrowed nothing before its first call
   * @throws OdeSolveException with reason {@code UNSUPPORTED_COMBINATION} if the field has none
   */
  default Jet jet(double time, double rate) {
    throw new OdeSolveException(
        FailureReason.UNSUPPORTED_COMBINATION,
        getClass().getName()
            + " has no Taylor coefficients, which TaylorRegularization and JacobianFrobenius need;"
            + " implement jet, or leave these regularisers out.");
  }

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
