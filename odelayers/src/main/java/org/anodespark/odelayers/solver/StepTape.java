/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/** One recorded step, ready to be differentiated once. */
public interface StepTape extends AutoCloseable {
  /**
   * The exact discrete adjoint of the step: {@code adjoint} holds the gradient with respect to the
   * state after the step and receives the one before it; the field's parameter gradient grows.
   */
  void pullback(SolverState adjoint);

  /**
   * Bytes that the tape holds besides the states at both ends of the step and what the kept
   * evaluations hold themselves.
   */
  long keptBytes();

  /** Frees what is still kept. */
  @Override
  void close();
}
