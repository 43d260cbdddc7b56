/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepRecorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds the integral of {@code a^T df/dtheta} over each accepted step of a backward solve to the
 * field's parameter gradient, by Gauss-Legendre quadrature along the step's interpolant.
 */
final class ParameterQuadrature implements StepRecorder {
  /** Evaluations of f for each step. */
  static final int EVALUATIONS = 3;

  /** Nodes and weights on [0, 1], exact for polynomials of degree 5. */
  private static final double[] NODES = {0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)};

  private static final double[] WEIGHTS = {5.0 / 18, 8.0 / 18, 5.0 / 18};

  private final VectorField field;
  private final AdjointSystem system;
  private final ArrayPool pool;
  private DenseStep dense;

  /**
   * @param field f, with parameters
   * @param system what is solved backwards, with y in its state
   * @param pool lends scratch memory
   */
  ParameterQuadrature(VectorField field, AdjointSystem system, ArrayPool pool) {
    this.field = field;
    this.system = system;
    this.pool = pool;
  }

  @Override
  public void attempt(
      InitialValueProblem problem, Step step, SolverState from, SolverState to, INDArray error) {
    dense =
        ((DenseStepMethod) problem.method())
            .advanceDensely(problem.field(), step, from, to, error, problem.pool());
  }

  @Override
  public boolean accept(Step step, SolverState from) {
    INDArray z = pool.borrow(system.length());
    INDArray y = system.solution(z);
    INDArray slope = pool.borrow(y.shape());
    INDArray product = pool.borrow(y.shape());
    for (int node = 0; node < EVALUATIONS; node++) {
      dense.interpolate(NODES[node], z);
      try (KeptEvaluation kept = field.evaluateAndKeep(step.time(NODES[node]), y, slope)) {
        // minus, because the integral is that of the forward solve
        kept.pullback(system.adjoint(z), -step.length() * WEIGHTS[node], product);
      }
    }
    pool.giveBack(z);
    pool.giveBack(slope);
    pool.giveBack(product);
    dense.close();
    return false;
  }

  @Override
  public void reject() {
    dense.close();
  }
}
