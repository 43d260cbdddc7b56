/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Locale;
import org.anodespark.jobs.plan.Round;

/** A try of a round was cancelled, since it took longer than it may. */
final class RoundTookTooLong extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RoundTookTooLong(Round round, double limitMinutes, Throwable cause) {
    super(
        String.format(
            Locale.ROOT, "%s took longer than averaging.limit-minutes = %s", round, limitMinutes),
        cause);
  }
}
