/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The start of a method whose state carries the slope f(t0, y0). */
public final class SlopeTape implements StepTape {
  private final KeptEvaluation evaluation;
  private final int index;
  private final ArrayPool pool;

  /**
   * @param evaluation of f at the initial state, whose arrays belong to that state
   * @param index where the state carries the slope
   * @param pool lends scratch memory
   */
  public SlopeTape(KeptEvaluation evaluation, int index, ArrayPool pool) {
    this.evaluation = evaluation;
    this.index = index;
    this.pool = pool;
  }

  @Override
  public void pullback(SolverState adjoint) {
    INDArray product = pool.borrow(adjoint.y().shape());
    evaluation.pullback(adjoint.carried(index), 1.0, product);
    LinearCombination.add(adjoint.y(), 1.0, product);
    pool.giveBack(product);
  }

  @Override
  public long keptBytes() {
    return 0;
  }

  @Override
  public void close() {
    evaluation.close();
  }
}
