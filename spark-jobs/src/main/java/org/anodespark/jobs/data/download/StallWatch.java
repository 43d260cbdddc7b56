/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes the body of a response that delivers nothing, so that whoever reads it gets an exception.
 * Java's HTTP client has a time limit for the head of a response only.
 */
final class StallWatch implements Closeable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "download-stall-watch");
            thread.setDaemon(true);
            return thread;
          });

  private final Future<?> looks;
  private volatile boolean moved = true;
  private volatile boolean stalled;

  /** Begins to watch. */
  StallWatch(InputStream body, Duration limit) {
    looks =
        timer.scheduleWithFixedDelay(
            () -> look(body), limit.toNanos(), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Is told that bytes have come. */
  void moved() {
    moved = true;
  }

  /** Whether the body was closed. */
  boolean stalled() {
    return stalled;
  }

  private void look(InputStream body) {
    if (moved) {
      moved = false;
      return;
    }
    stalled = true;
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
    timer.shutdown();
  }
}
