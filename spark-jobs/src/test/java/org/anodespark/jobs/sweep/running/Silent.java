/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

/** Tells nobody how a sweep goes. */
final class Silent implements SweepObserver {
  @Override
  public void started() {}

  @Override
  public void usedUp() {}

  @Override
  public void ended(RungOutcome outcome) {}
}
