/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One solve and what came of it.
 *
 * @param grid the times between which steps were accepted
 * @param end the final state
 * @param statistics what it cost
 * @param bytesLeft bytes of the pool that nobody gave back
 */
public record Solved(TimeGrid grid, INDArray end, SolveStatistics statistics, long bytesLeft) {
  /** Solves a problem over its interval. */
  public static Solved of(TestProblem problem, StepMethod method, StepControl control) {
    return of(problem.field(), problem.initial(), problem.start(), problem.end(), method, control);
  }

  /** Solves any equation. */
  public static Solved of(
      VectorField field,
      INDArray y0,
      double start,
      double end,
      StepMethod method,
      StepControl control) {
    ArrayPool pool = new ArrayPool(y0.dataType());
    SolveCounter counter = new SolveCounter();
    INDArray y1 = y0.ulike();
    TimeGrid grid =
        new InitialValueProblem(counter.counting(field), method, control, start, end, counter, pool)
            .solve(y0, y1);
    return new Solved(grid, y1, counter.statistics(), pool.bytesInUse());
  }

  /** Trial steps, whether they counted or not. */
  public long trials() {
    return statistics.acceptedSteps() + statistics.rejectedSteps();
  }
}
