/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is solved, and with what: dy/dt = f(t, y) over a time grid.
 *
 * @param field the right-hand side, already counted by {@code counter}
 * @param method the method of one step
 * @param grid the steps
 * @param counter counts what the solve does
 * @param pool lends the buffers
 */
public record InitialValueProblem(
    VectorField field, StepMethod method, TimeGrid grid, SolveCounter counter, ArrayPool pool) {

  /**
   * Solves without keeping anything.
   *
   * @param y0 initial state, left as it is
   * @param y1 receives the final state; not {@code y0}
   */
  public void solve(INDArray y0, INDArray y1) {
    INDArray y = y0;
    for (int step = 0; step < grid.steps(); step++) {
      boolean last = step == grid.steps() - 1;
      INDArray next = last ? y1 : pool.borrow(y0.shape());
      method.advance(field, grid.time(step), grid.length(step), y, next, pool);
      counter.acceptStep();
      if (y != y0) {
        pool.giveBack(y);
      }
      y = next;
    }
  }
}
