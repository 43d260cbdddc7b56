/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * One step of a method for initial value problems: state in, state out, nothing remembered. A
 * configuration bean: public constructor without arguments, {@code equals} by value.
 *
 * <p>States are C-ordered contiguous arrays of one shape; times are plain doubles.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface StepMethod extends Serializable {
  /** Order of convergence p: the global error shrinks with h^p on smooth problems. */
  int order();

  /** Evaluations of f in one step. */
  int stages();

  /**
   * {@code next := } the state at {@code t + h}.
   *
   * @param field the right-hand side
   * @param t time at the start of the step
   * @param h signed length of the step
   * @param y state at {@code t}, left as it is
   * @param next receives the state; not {@code y}
   * @param pool lends scratch memory
   */
  void advance(VectorField field, double t, double h, INDArray y, INDArray next, ArrayPool pool);

  /**
   * As {@link #advance}, with the same bits in {@code next}, keeping every evaluation.
   *
   * @return the step's tape; {@code y} must stay unchanged until it is closed
   */
  StepTape record(VectorField field, double t, double h, INDArray y, INDArray next, ArrayPool pool);
}
