/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One step of the {@link AsynchronousLeapfrog}, recorded forwards or backwards alike. */
final class LeapfrogTape implements StepTape {
  private final double damping;
  private final double h;
  private final KeptEvaluation evaluation;
  private final INDArray middle;
  private final INDArray slope;
  private final ArrayPool pool;

  /** Takes over the evaluation and its arrays; gives a result back at once that nobody reads. */
  LeapfrogTape(
      double damping,
      double h,
      KeptEvaluation evaluation,
      INDArray middle,
      INDArray slope,
      ArrayPool pool) {
    this.damping = damping;
    this.h = h;
    this.evaluation = evaluation;
    this.middle = middle;
    this.pool = pool;
    if (evaluation.readsResult()) {
      this.slope = slope;
    } else {
      this.slope = null;
      pool.giveBack(slope);
    }
  }

  @Override
  public void pullback(SolverState adjoint) {
    INDArray y = adjoint.y();
    INDArray v = adjoint.carried(AsynchronousLeapfrog.VELOCITY);
    INDArray cotangent = pool.borrow(y.shape());
    INDArray product = pool.borrow(y.shape());
    LinearCombination.add(v, 0.5 * h, y);
    cotangent.assign(v).muli(2 * damping);
    evaluation.pullback(cotangent, 1.0, product);
    LinearCombination.add(y, 1.0, product);
    v.muli(1 - 2 * damping);
    LinearCombination.add(v, 0.5 * h, y);
    pool.giveBack(cotangent);
    pool.giveBack(product);
  }

  @Override
  public long keptBytes() {
    return ArrayPool.bytes(middle) + (slope == null ? 0 : ArrayPool.bytes(slope));
  }

  @Override
  public void close() {
    evaluation.close();
    pool.giveBack(middle);
    if (slope != null) {
      pool.giveBack(slope);
    }
  }
}
