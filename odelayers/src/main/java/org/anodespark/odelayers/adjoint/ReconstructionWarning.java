/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Warns of backward passes that do not come back to where the forward pass began: at the first one,
 * the tenth, the hundredth ..., since a training makes thousands.
 */
final class ReconstructionWarning {
  /** Relative error from which gradients can no longer be trusted. */
  static final double THRESHOLD = 0.01;

  private final Logger log;
  private final String what;
  private final String advice;
  private final AtomicLong occurrences = new AtomicLong();

  /**
   * @param log where to
   * @param what subject of the sentence: what rebuilt the initial state
   * @param advice a sentence about what to do
   */
  ReconstructionWarning(Logger log, String what, String advice) {
    this.log = log;
    this.what = what;
    this.advice = advice;
  }

  /**
   * Looks at one backward pass.
   *
   * @param relativeError distance of the rebuilt initial state from the true one; NaN counts as far
   */
  void report(double relativeError) {
    if (relativeError <= THRESHOLD) {
      return;
    }
    long seen = occurrences.incrementAndGet();
    if (isPowerOfTen(seen)) {
      log.warn(
          "{} rebuilt the initial state with a relative error of {} (occurrence {} above {}): the"
              + " gradients are not those of this network. {}",
          what,
          relativeError,
          seen,
          THRESHOLD,
          advice);
    }
  }

  private static boolean isPowerOfTen(long number) {
    long power = 1;
    while (power < number) {
      power *= 10;
    }
    return power == number;
  }
}
