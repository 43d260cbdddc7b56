/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.consistency;

import org.anodespark.examples.field.LossGradient;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * How far two gradients of the same solve are from each other.
 *
 * @param steps N, equal steps of the solve
 * @param discrete the gradient of what was computed: discretise, then optimise
 * @param continuous the adjoint equation, solved backwards in time by the same method: optimise,
 *     then discretise
 */
public record Inconsistency(int steps, LossGradient discrete, LossGradient continuous) {
  /** Relative distance of the parameter gradients. */
  public double relativeError() {
    return LossGradient.relativeDistance(continuous.parameters(), discrete.parameters());
  }

  /** Cosine of the angle between the parameter gradients. */
  public double cosine() {
    return Transforms.cosineSim(continuous.parameters(), discrete.parameters());
  }

  /** rho, the relative error of the initial state that the backward solve arrives at. */
  public double reconstructionError() {
    return continuous.statistics().reconstructionError();
  }
}
