/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A method that also gives the solution between the ends of a step. */
public interface DenseStepMethod extends StepMethod {
  /** Order of the interpolant: its error over a step shrinks with h^(order + 1). */
  int denseOrder();

  /** Arrays that one {@link DenseStep} holds besides the states at both ends of its step. */
  int denseArrays();

  /**
   * As {@link #advance}, with the same bits, keeping what the interpolant reads.
   *
   * @return the interpolant; {@code from} and {@code to} must stay unchanged until it is closed
   */
  DenseStep advanceDensely(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool);
}
