/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.StepMethod;

/** Refusals of pairs that do not fit each other. */
final class Unsupported {
  private Unsupported() {}

  static OdeSolveException because(String sentence) {
    return new OdeSolveException(FailureReason.UNSUPPORTED_COMBINATION, sentence);
  }

  /** An implicit method asks for products with the Jacobian of what it solves. */
  static void requireExplicit(AdjointStrategy strategy, StepMethod method) {
    if (!method.fixedWork()) {
      throw because(
          strategy
              + " solves the adjoint equations, whose Jacobian the implicit method "
              + method
              + " would need; use an explicit one such as DormandPrince, or AnodeCheckpoint with any"
              + " method.");
    }
  }
}
