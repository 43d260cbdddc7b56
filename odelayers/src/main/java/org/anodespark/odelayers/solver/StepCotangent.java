/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;

/**
 * The derivative of a loss with respect to the {@link StepMeasure} of a step, whose length is a
 * constant.
 *
 * @param error with respect to E
 * @param stiffness with respect to S
 */
public record StepCotangent(double error, double stiffness) implements Serializable {
  /** That of a loss that does not look at the measure. */
  public static final StepCotangent ZERO = new StepCotangent(0, 0);

  /** Both together. */
  public StepCotangent plus(StepCotangent other) {
    return new StepCotangent(error + other.error, stiffness + other.stiffness);
  }

  /** So many times this one. */
  public StepCotangent times(double factor) {
    return new StepCotangent(factor * error, factor * stiffness);
  }
}
