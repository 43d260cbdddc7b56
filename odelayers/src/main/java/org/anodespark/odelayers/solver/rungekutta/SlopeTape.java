/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The first slope of a solve, f(t0, y0), which the state carries. */
final class SlopeTape implements StepTape {
  private final KeptEvaluation evaluation;
  private final ArrayPool pool;

  SlopeTape(KeptEvaluation evaluation, ArrayPool pool) {
    this.evaluation = evaluation;
    this.pool = pool;
  }

  @Override
  public void pullback(SolverState adjoint) {
    INDArray product = pool.borrow(adjoint.y().shape());
    evaluation.pullback(adjoint.carried(0), 1.0, product);
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
