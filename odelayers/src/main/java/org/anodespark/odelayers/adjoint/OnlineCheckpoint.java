/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.adjoint.schedule.CheckpointSchedule;
import org.anodespark.odelayers.adjoint.schedule.OnlineSchedule;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps a given number of states without knowing how many steps there will be: the exact discrete
 * adjoint for adaptive solves in memory O(snapshots) states and the activations of one step. States
 * are thinned out while the solve goes on (Wang, Moin and Iaccarino, "Minimal Repetition Dynamic
 * Checkpointing Algorithm for Unsteady Adjoint Calculation", SIAM J. Sci. Comput. 31(4), 2009); the
 * most repetitions of a step are as few as {@link Revolve} can do, their sum may be larger. Works
 * with every method and every step control.
 */
public final class OnlineCheckpoint extends LimitedSnapshots {
  private static final long serialVersionUID = 1L;

  /**
   * @param snapshots states kept at once, the initial one included, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public OnlineCheckpoint(@JsonProperty("snapshots") int snapshots) {
    super(snapshots);
  }

  @Override
  CheckpointSchedule schedule(InitialValueProblem problem) {
    return new OnlineSchedule(snapshots());
  }

  @Override
  CheckpointSchedule schedule(int steps) {
    return new OnlineSchedule(snapshots());
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    // neither the steps nor their number need to be known
  }
}
