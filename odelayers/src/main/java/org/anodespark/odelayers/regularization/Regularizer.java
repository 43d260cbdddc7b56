/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.io.Serializable;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Makes the ODE of a block easier to solve while the block trains. A configuration bean: Jackson
 * can write and read it, {@code equals} goes by value. Does nothing in prediction.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Regularizer extends Serializable {
  /** Its name in the statistics of a solve. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Checks that it works with the other settings of the block.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException with reason {@code
   *     UNSUPPORTED_COMBINATION} and a sentence that names settings that work
   */
  void check(StepMethod method, StepControl control, AdjointStrategy adjoint);
}
