/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

/** Keeps every state, so that no step is taken twice before it is recorded. */
public final class EveryState implements CheckpointSchedule {
  @Override
  public Decision reach(int state) {
    return new Decision(true, Decision.NONE);
  }

  @Override
  public void restart(int from, int target) {
    // from is target: every state is a kept one
  }
}
