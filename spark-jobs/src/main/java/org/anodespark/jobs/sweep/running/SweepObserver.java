/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

/** Is told how a sweep goes. */
public interface SweepObserver {
  /** Before the first training. */
  void started();

  /** When no new trial can be begun any more, though there were to be more. */
  void usedUp();

  /** After each training; the ledger knows of it. */
  void ended(RungOutcome outcome);
}
