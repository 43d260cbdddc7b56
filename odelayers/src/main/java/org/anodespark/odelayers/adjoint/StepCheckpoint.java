/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.adjoint.schedule.CheckpointSchedule;
import org.anodespark.odelayers.adjoint.schedule.EveryState;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;

/**
 * Keeps the state before every step; the backward pass records one step at a time from there: the
 * exact discrete adjoint in memory O(N) states and the activations of one step, for one more
 * forward pass (Zhuang et al., "Adaptive Checkpoint Adjoint Method for Gradient Estimation in
 * Neural ODE", ICML 2020). Works with every method and every step control.
 */
public final class StepCheckpoint extends SnapshotStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  CheckpointSchedule schedule(InitialValueProblem problem) {
    return new EveryState();
  }

  @Override
  CheckpointSchedule schedule(int steps) {
    return new EveryState();
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    // every step can be recorded
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepCheckpoint;
  }

  @Override
  public int hashCode() {
    return StepCheckpoint.class.hashCode();
  }

  @Override
  public String toString() {
    return "StepCheckpoint";
  }
}
