/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A method from outside the library that no Butcher tableau describes: the two-step Adams-Bashforth
 * method, order 2 with a single evaluation of f in each step,
 *
 * <pre>y_(n+1) = y_n + h (3/2 f_n - 1/2 f_(n-1)),    y_1 = y_0 + h f_0</pre>
 *
 * (Bashforth and Adams, "An attempt to test the theories of capillary action", 1883; Hairer,
 * Norsett and Wanner, "Solving Ordinary Differential Equations I", 2nd edition, section III.1). The
 * slope of the step before is carried beside y. The weights hold for equal steps only.
 */
public final class TwoStepAdamsBashforth implements StepMethod {
  private static final long serialVersionUID = 1L;

  @Override
  public int order() {
    return 2;
  }

  @Override
  public int stages() {
    return 1;
  }

  /** The slope at the start of the step before. */
  @Override
  public int carriedArrays() {
    return 1;
  }

  /** None: the argument of the one evaluation is the state at the start of the step. */
  @Override
  public int tapeArguments() {
    return 0;
  }

  /** None: the result of the one evaluation is part of the state at the end of the step. */
  @Override
  public int tapeResults() {
    return 0;
  }

  /** There is no slope before the first step; its weight there is zero. */
  @Override
  public void start(VectorField field, double t, SolverState state, ArrayPool pool) {
    state.carried(0).assign(0.0);
  }

  @Override
  public StepTape recordStart(VectorField field, double t, SolverState state, ArrayPool pool) {
    start(field, t, state, pool);
    return StepMethod.super.recordStart(field, t, state, pool);
  }

  @Override
  public void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    field.evaluate(step.start(), from.y(), to.carried(0));
    combine(step, from, to);
  }

  @Override
  public StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    KeptEvaluation evaluation = field.evaluateAndKeep(step.start(), from.y(), to.carried(0));
    combine(step, from, to);
    return new Tape(evaluation, step, pool);
  }

  private static void combine(Step step, SolverState from, SolverState to) {
    LinearCombination.assign(
        to.y(),
        from.y(),
        new double[] {newWeight(step), oldWeight(step)},
        List.of(to.carried(0), from.carried(0)));
  }

  private static double newWeight(Step step) {
    return step.index() == 0 ? step.length() : 1.5 * step.length();
  }

  private static double oldWeight(Step step) {
    return step.index() == 0 ? 0.0 : -0.5 * step.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TwoStepAdamsBashforth;
  }

  @Override
  public int hashCode() {
    return TwoStepAdamsBashforth.class.hashCode();
  }

  @Override
  public String toString() {
    return "TwoStepAdamsBashforth";
  }

  /**
   * The transposed step. With (lambda, mu) the gradient of (y, slope) after it, the new slope has
   * the gradient {@code w = newWeight lambda + mu}; before it they are {@code lambda + f_y^T w} and
   * {@code oldWeight lambda}.
   */
  private static final class Tape implements StepTape {
    private final KeptEvaluation evaluation;
    private final Step step;
    private final ArrayPool pool;

    Tape(KeptEvaluation evaluation, Step step, ArrayPool pool) {
      this.evaluation = evaluation;
      this.step = step;
      this.pool = pool;
    }

    @Override
    public void pullback(SolverState adjoint) {
      INDArray lambda = adjoint.y();
      INDArray mu = adjoint.carried(0);
      INDArray cotangent = pool.borrow(lambda.shape());
      INDArray product = pool.borrow(lambda.shape());
      LinearCombination.assign(cotangent, mu, new double[] {newWeight(step)}, List.of(lambda));
      LinearCombination.assign(mu, new double[] {oldWeight(step)}, List.of(lambda));
      evaluation.pullback(cotangent, 1.0, product);
      LinearCombination.add(lambda, 1.0, product);
      pool.giveBack(cotangent);
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
}
