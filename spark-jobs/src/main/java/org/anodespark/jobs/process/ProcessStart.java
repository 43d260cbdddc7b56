/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.process;

import java.time.Duration;
import java.time.Instant;

/** When a process started, which tells it from a later one of the same number. */
public final class ProcessStart {
  /** Times of starts are told from the time of the boot, which is moved when clocks are set. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private ProcessStart() {}

  /** Whether two times, told at different moments, may be those of one start. */
  public static boolean same(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(CLOCK_TOLERANCE) <= 0;
  }
}
