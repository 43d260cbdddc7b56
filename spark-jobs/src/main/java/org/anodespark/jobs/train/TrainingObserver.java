/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/** Is told, on the driver, how a training goes. */
interface TrainingObserver {
  /**
   * Before the first round of this process, and after a roll-back.
   *
   * @param state what is trained already; what came after it is not true any more
   */
  default void resumed(TrainingState state) {}

  /** After each round. */
  void roundFinished(RoundReport round);

  /** After each epoch. */
  void epochFinished(EpochReport epoch);

  /** Before each checkpoint: what a later driver is to find must be written now. */
  default void checkpointComes() {}
}
