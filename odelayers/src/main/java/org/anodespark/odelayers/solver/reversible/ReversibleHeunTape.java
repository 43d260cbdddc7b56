/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of {@link ReversibleHeun}, recorded forwards or backwards alike: the evaluation at its
 * end, whose arrays belong to the state there.
 */
final class ReversibleHeunTape implements StepTape {
  private final double h;
  private final KeptEvaluation evaluation;
  private final ArrayPool pool;

  ReversibleHeunTape(double h, KeptEvaluation evaluation, ArrayPool pool) {
    this.h = h;
    this.evaluation = evaluation;
    this.pool = pool;
  }

  @Override
  public void pullback(SolverState adjoint) {
    INDArray y = adjoint.y();
    INDArray second = adjoint.carried(ReversibleHeun.SECOND);
    INDArray slope = adjoint.carried(ReversibleHeun.SLOPE);
    INDArray product = pool.borrow(y.shape());
    LinearCombination.add(slope, 0.5 * h, y);
    evaluation.pullback(slope, 1.0, product);
    LinearCombination.add(second, 1.0, product);
    LinearCombination.assign(slope, new double[] {0.5 * h, h}, List.of(y, second));
    LinearCombination.add(y, 2.0, second);
    second.negi();
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
