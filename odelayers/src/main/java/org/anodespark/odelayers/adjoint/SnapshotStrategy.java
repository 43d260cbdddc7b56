/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.adjoint.schedule.CheckpointSchedule;
import org.anodespark.odelayers.adjoint.schedule.ScheduleCost;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What all strategies share that keep some states and take the steps between them again, one
 * recorded step at a time; a subclass names the schedule.
 */
abstract class SnapshotStrategy implements AdjointStrategy {
  private static final long serialVersionUID = 1L;

  /**
   * A new schedule.
   *
   * @param problem what will be solved
   */
  abstract CheckpointSchedule schedule(InitialValueProblem problem);

  /** A new schedule for a number of steps, to count its costs. */
  abstract CheckpointSchedule schedule(int steps);

  @Override
  public final Trajectory solve(InitialValueProblem problem, INDArray y0, INDArray y1) {
    SnapshotTrajectory trajectory = new SnapshotTrajectory(problem, schedule(problem));
    trajectory.solve(y0, y1);
    return trajectory;
  }

  @Override
  public final Exactness exactness() {
    return Exactness.EXACT;
  }

  @Override
  public final AdjointCost cost(int steps, StepMethod method) {
    ScheduleCost schedule = ScheduleCost.of(schedule(steps), steps);
    long start = method.startEvaluations();
    long stages = method.stages();
    long state = 1L + method.carriedArrays();
    return new AdjointCost(
        start + steps * stages,
        stages,
        start + (schedule.backwardAdvances() + steps) * stages,
        start + steps * stages,
        new Kept(schedule.statesBetween() * state, 0, 0),
        // the recorded step holds its arguments and the state at its end besides
        new Kept(
            (schedule.peakStates() + 1) * state + method.tapeArguments(),
            method.tapeResults(),
            stages));
  }
}
