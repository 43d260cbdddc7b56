/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A number r along a solution that a method integrates with its own quadrature: {@code |h| * sum
 * over stages i of b_i r(t_i, g_i, k_i)} for a step of length h with stage arguments g and slopes
 * k. That is what an additional state with the slope r would gain in the step, but step control
 * does not see it. Stages of weight 0 are left out.
 */
public interface StageIntegrand extends AutoCloseable {
  /** Whether the gradient reads the slope, so that tapes have to keep it. */
  default boolean readsSlope() {
    return false;
  }

  /**
   * The value at a stage.
   *
   * @param field f
   * @param t time of the stage
   * @param y argument of the stage, left as it is
   * @param slope {@code f(t, y)}, left as it is
   * @param pool lends scratch memory
   */
  double value(VectorField field, double t, INDArray y, INDArray slope, ArrayPool pool);

  /**
   * {@code gradient := gradient + weight * dr/dk}; nothing by default.
   *
   * @param slope k, left as it is
   * @param weight a factor
   * @param gradient shape of the state
   */
  default void addToSlope(INDArray slope, double weight, INDArray gradient) {}

  /**
   * {@code gradient := gradient + weight * dr/dy} with a constant slope, and {@code weight *
   * dr/dtheta} is added to the field's parameter gradient; nothing by default.
   *
   * @param field f
   * @param t time of the stage
   * @param y argument of the stage, left as it is
   * @param weight a factor
   * @param gradient shape of the state
   * @param pool lends scratch memory
   */
  default void addToArgument(
      VectorField field, double t, INDArray y, double weight, INDArray gradient, ArrayPool pool) {}

  /** Gives back what belongs to the solve; nothing by default. */
  @Override
  default void close() {}
}
