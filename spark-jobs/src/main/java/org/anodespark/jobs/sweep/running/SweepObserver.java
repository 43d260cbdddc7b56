/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

/** Is told how a sweep goes. */
public interface SweepObserver {
  /** Before the first training. */
  void started();

  /** After each training; the ledger knows of it. */
  void ended(RungOutcome outcome);
}
