/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for events of other threads. */
public final class Latches {
  private static final int SECONDS = 60;

  private Latches() {}

  /** Waits until the latch opens; it is an error if that takes as long as it never should. */
  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing happened for " + SECONDS + " s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
