/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of backward solves that do not come back to where the forward solve began: at the first
 * one, the tenth, the hundredth ..., since a training makes thousands.
 */
final class ReconstructionWarning {
  static final ReconstructionWarning INSTANCE =
      new ReconstructionWarning(LoggerFactory.getLogger(ReverseTime.class));

  /** Relative error from which gradients can no longer be trusted. */
  static final double THRESHOLD = 0.01;

  private final Logger log;
  private final AtomicLong occurrences = new AtomicLong();

  ReconstructionWarning(Logger log) {
    this.log = log;
  }

  void report(double relativeError) {
    if (relativeError <= THRESHOLD) {
      log.debug("Rebuilt the initial state with relative error {}.", relativeError);
    } else if (isPowerOfTen(occurrences.incrementAndGet())) {
      log.warn(
          "Solving backwards in time rebuilt the initial state with relative error {} (seen {} times"
              + " above {}): the gradients are not those of this network. Take more steps, or use"
              + " AnodeCheckpoint.",
          relativeError,
          occurrences.get(),
          THRESHOLD);
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
