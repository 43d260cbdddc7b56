/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The method that the guide in {@code package-info} writes by hand keeps the contract. */
class HandWrittenMethodTest extends StepMethodContractTest {
  HandWrittenMethodTest() {
    super(new ForwardEuler());
  }

  private static final class ForwardEuler implements StepMethod {
    private static final long serialVersionUID = 1L;

    @Override
    public int order() {
      return 1;
    }

    @Override
    public int stages() {
      return 1;
    }

    @Override
    public int tapeArguments() {
      return 0;
    }

    @Override
    public int tapeResults() {
      return 1;
    }

    @Override
    public void advance(
        VectorField field,
        Step step,
        SolverState from,
        SolverState to,
        INDArray error,
        ArrayPool pool) {
      INDArray slope = pool.borrow(from.y().shape());
      try {
        field.evaluate(step.start(), from.y(), slope);
        move(step, from, to, slope);
      } finally {
        pool.giveBack(slope);
      }
    }

    @Override
    public StepTape record(
        VectorField field,
        Step step,
        SolverState from,
        SolverState to,
        INDArray error,
        ArrayPool pool) {
      INDArray slope = pool.borrow(from.y().shape());
      KeptEvaluation kept = field.evaluateAndKeep(step.start(), from.y(), slope);
      move(step, from, to, slope);
      return new Tape(kept, step.length(), slope, pool);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ForwardEuler;
    }

    @Override
    public int hashCode() {
      return ForwardEuler.class.hashCode();
    }

    @Override
    public String toString() {
      return "ForwardEuler";
    }

    private static void move(Step step, SolverState from, SolverState to, INDArray slope) {
      LinearCombination.assign(to.y(), from.y(), new double[] {step.length()}, List.of(slope));
    }
  }

  /** lambda := lambda + f_y^T (h lambda). */
  private static final class Tape implements StepTape {
    private final KeptEvaluation kept;
    private final double h;
    private final ArrayPool pool;
    private INDArray slope;

    Tape(KeptEvaluation kept, double h, INDArray slope, ArrayPool pool) {
      this.kept = kept;
      this.h = h;
      this.pool = pool;
      this.slope = slope;
      if (!kept.readsResult()) {
        giveBackSlope();
      }
    }

    @Override
    public void pullback(SolverState adjoint) {
      INDArray cotangent = pool.borrow(adjoint.y().shape());
      INDArray product = pool.borrow(adjoint.y().shape());
      cotangent.assign(adjoint.y()).muli(h);
      kept.pullback(cotangent, 1.0, product);
      LinearCombination.add(adjoint.y(), 1.0, product);
      pool.giveBack(cotangent);
      pool.giveBack(product);
    }

    @Override
    public long keptBytes() {
      return slope == null ? 0 : ArrayPool.bytes(slope);
    }

    @Override
    public void close() {
      kept.close();
      giveBackSlope();
    }

    private void giveBackSlope() {
      if (slope != null) {
        pool.giveBack(slope);
        slope = null;
      }
    }
  }
}
