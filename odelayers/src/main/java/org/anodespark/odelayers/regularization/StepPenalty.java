/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.List;
import org.anodespark.odelayers.solver.StepCotangent;

/**
 * The value of a regulariser of steps.
 *
 * @param value without its coefficient
 * @param cotangents its derivatives with respect to the measures of each step, in their order
 */
public record StepPenalty(double value, List<StepCotangent> cotangents) {
  /** Keeps a copy of the list. */
  public StepPenalty {
    cotangents = List.copyOf(cotangents);
  }
}
