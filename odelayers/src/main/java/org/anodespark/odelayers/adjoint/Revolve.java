/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.adjoint.schedule.BinomialSchedule;
import org.anodespark.odelayers.adjoint.schedule.CheckpointSchedule;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps a given number of states and takes the steps between them again by the binomial schedule,
 * the least number of steps there can be (Griewank and Walther, "Algorithm 799: revolve", ACM TOMS
 * 26(1), 2000): the exact discrete adjoint in memory O(snapshots) states and the activations of one
 * step. Needs to know the number of steps, so it works with fixed steps, or inside {@link
 * AnodeCheckpoint}.
 */
public final class Revolve extends LimitedSnapshots {
  private static final long serialVersionUID = 1L;

  /**
   * @param snapshots states kept at once, the initial one included, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public Revolve(@JsonProperty("snapshots") int snapshots) {
    super(snapshots);
  }

  @Override
  CheckpointSchedule schedule(InitialValueProblem problem) {
    return schedule(problem.control().steps().orElseThrow());
  }

  @Override
  CheckpointSchedule schedule(int steps) {
    return new BinomialSchedule(steps, snapshots());
  }

  @Override
  public void check(StepMethod method, StepControl control) {
    if (control.steps().isEmpty()) {
      throw Unsupported.because(
          "Revolve has to know the number of steps ahead, and with "
              + control
              + " nobody does; use OnlineCheckpoint, or AnodeCheckpoint with Revolve inside.");
    }
  }
}
