/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.function.LongSupplier;
import org.anodespark.jobs.config.CheckpointSettings;

/** Says when, after a checkpoint, the next one is due. */
final class CheckpointTrigger {
  private static final double NANOSECONDS_PER_MINUTE = 60e9;

  private final CheckpointSettings settings;
  private final LongSupplier nanoTime;
  private final long since;
  private int rounds;

  CheckpointTrigger(CheckpointSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  void roundFinished() {
    rounds++;
  }

  boolean isDue() {
    double minutes = (nanoTime.getAsLong() - since) / NANOSECONDS_PER_MINUTE;
    return (settings.everyRounds() > 0 && rounds >= settings.everyRounds())
        || (settings.everyMinutes() > 0 && minutes >= settings.everyMinutes());
  }
}
