/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Timer;
import java.util.TimerTask;

/** Does something if it is not closed in time. */
final class TimeLimit implements AutoCloseable {
  private static final double MILLISECONDS_PER_MINUTE = 60_000;

  private final Timer timer = new Timer("time-limit", true);
  private volatile boolean exceeded;

  private TimeLimit() {}

  /**
   * Starts now.
   *
   * @param minutes above 0; 0 is for ever
   * @param late what is done, once, in another thread
   */
  static TimeLimit of(double minutes, Runnable late) {
    TimeLimit limit = new TimeLimit();
    if (minutes > 0) {
      TimerTask task =
          new TimerTask() {
            @Override
            public void run() {
              limit.exceeded = true;
              late.run();
            }
          };
      limit.timer.schedule(task, Math.max(1, Math.round(minutes * MILLISECONDS_PER_MINUTE)));
    }
    return limit;
  }

  /** Whether it was not closed in time. */
  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
