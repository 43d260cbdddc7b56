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

  /** Refuses an implicit method for a strategy that solves the adjoint equations with it. */
  static void requireExplicit(StepMethod method, String strategy) {
    if (!method.fixedWork()) {
      throw because(
          strategy
              + " has no Jacobian of the adjoint equations, which the implicit method "
              + method
              + " needs to solve them; use FullStorage or AnodeCheckpoint.");
    }
  }
}
