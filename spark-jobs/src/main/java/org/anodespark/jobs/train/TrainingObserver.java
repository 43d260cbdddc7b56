/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

/** Is told, on the driver, how a training goes. */
public interface TrainingObserver {
  /** After each round. */
  void roundFinished(RoundReport round);

  /** After each epoch. */
  void epochFinished(EpochReport epoch);
}
