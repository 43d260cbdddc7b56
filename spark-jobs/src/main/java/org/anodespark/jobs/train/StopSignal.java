/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a training end in good order when the process is told to end (SIGTERM, SIGINT): the round in
 * progress is cancelled, the state before it written, and only then Spark goes away.
 */
public final class StopSignal implements AutoCloseable {
  /** Above that of the hook that stops Spark. */
  private static final int PRIORITY = 200;

  private static final long PATIENCE_SECONDS = 120;
  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop-training");
  private volatile Runnable cancel = () -> {};
  private volatile boolean requested;

  private StopSignal() {}

  /** Listens until it is closed. */
  public static StopSignal listening() {
    StopSignal signal = new StopSignal();
    ShutdownHookManager.get()
        .addShutdownHook(signal.hook, PRIORITY, PATIENCE_SECONDS, TimeUnit.SECONDS);
    return signal;
  }

  /**
   * Sets what happens as soon as the signal comes.
   *
   * @param newCancel makes the round in progress fail; called in another thread
   */
  public void cancels(Runnable newCancel) {
    cancel = newCancel;
  }

  /** Whether the training is to end. */
  public boolean requested() {
    return requested;
  }

  /** Is called by the process that ends; returns when the training has ended. */
  void stop() {
    requested = true;
    cancel.run();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The training has not ended {} s after a signal", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The training has ended. */
  @Override
  public void close() {
    ended.countDown();
    if (!requested && !ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
