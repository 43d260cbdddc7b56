/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.time.Duration;
import java.util.Optional;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.search.Assignment;

/** Has trainings done, several at a time. */
public interface RungRunner extends AutoCloseable {
  /** How many trainings there is room for now, those that go on included; at least 1. */
  int room();

  /**
   * Begins a training, or goes on with it from its latest checkpoint.
   *
   * @param assignment of the trial
   */
  void start(RungRun run, Assignment assignment);

  /**
   * Waits for the next training to end.
   *
   * @param patience how long to wait
   * @return nothing if none has
   * @throws org.anodespark.jobs.failure.JobFailure if no training can be done any more
   */
  Optional<RungOutcome> await(Duration patience);

  /** Ends the trainings that go on; each has its latest checkpoint. */
  @Override
  void close();
}
