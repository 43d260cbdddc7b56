/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;

/** Refusals of pairs that do not fit each other. */
final class Unsupported {
  private Unsupported() {}

  static OdeSolveException because(String sentence) {
    return new OdeSolveException(FailureReason.UNSUPPORTED_COMBINATION, sentence);
  }
}
