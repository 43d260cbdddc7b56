/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The choice of steps during one solve. In turn: {@link #next}, a trial by the caller, {@link
 * #accept}; over when a step that ends at the end of the interval was accepted.
 */
public interface StepSession {
  /** Whether {@link #accept} reads the error estimate. */
  boolean needsError();

  /**
   * The next trial.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException if there is none: too many steps, or
   *     too small a step
   */
  Step next();

  /**
   * Judges the latest trial.
   *
   * @param before y at the start of the step, whole
   * @param after y at its end; if the step counts both stay as they are until the next trial is
   *     judged
   * @param error estimate of the step's error; destroyed; null unless {@link #needsError}
   * @return whether the step counts
   */
  boolean accept(INDArray before, INDArray after, INDArray error);
}
