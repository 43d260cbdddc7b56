/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.Solution;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepRecorder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** One solve of the {@link AdjointSystem} from the end of the forward solve to its start. */
final class ContinuousAdjoint {
  /** Nodes and weights of Gauss-Legendre quadrature on [0, 1], exact for degree 5. */
  private static final double[] NODES = {0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)};

  private static final double[] WEIGHTS = {5.0 / 18, 8.0 / 18, 5.0 / 18};

  private final InitialValueProblem forward;
  private final ParameterIntegral integral;
  private final AdjointSystem system;
  private final ArrayPool pool;

  /**
   * @param forward the problem of the forward solve
   * @param like gives the shape of y
   * @param states where y comes from; null to solve for it too
   * @param integral how the parameter gradient is computed
   */
  ContinuousAdjoint(
      InitialValueProblem forward,
      INDArray like,
      StateAlongTheWay states,
      ParameterIntegral integral) {
    this.forward = forward;
    this.integral = integral;
    this.pool = forward.pool();
    this.system =
        new AdjointSystem(
            forward.field(), like, states, integral != ParameterIntegral.QUADRATURE, pool);
  }

  /**
   * Solves backwards.
   *
   * @param steps the steps to take: the backward problem with another field
   * @param adjoint gradient with respect to the final state, becomes the one to the initial state
   * @param y1 the final state, {@code y} becomes the initial state that was arrived at; null if y
   *     is not part of the system
   */
  void solve(Backwards steps, INDArray adjoint, INDArray y1) {
    VectorField field = forward.field();
    INDArray total = field.parameterGradient() == null ? null : pool.borrow(parameters(field));
    if (total != null) {
      total.assign(field.parameterGradient());
    }
    INDArray z = pool.borrow(system.length());
    INDArray end = pool.borrow(system.length());
    z.assign(0.0);
    system.adjoint(z).assign(adjoint);
    if (y1 != null) {
      system.solution(z).assign(y1);
    }
    Quadrature quadrature =
        integral == ParameterIntegral.QUADRATURE && total != null ? new Quadrature(total) : null;
    InitialValueProblem backward =
        steps.problem(
            system,
            integral == ParameterIntegral.FULL_NORM ? whole -> whole : system::withoutParameters);
    Solution solution =
        backward.solve(z, end, quadrature == null ? StepRecorder.NOTHING : quadrature);
    solution.last().giveBack(pool);
    adjoint.assign(system.adjoint(end));
    if (y1 != null) {
      y1.assign(system.solution(end));
    }
    if (total != null) {
      if (system.hasParameters()) {
        LinearCombination.add(total, 1.0, system.parameters(end));
      }
      field.parameterGradient().assign(total);
      pool.giveBack(total);
    }
    pool.giveBack(z);
    pool.giveBack(end);
  }

  private static long[] parameters(VectorField field) {
    return field.parameterGradient().shape();
  }

  /** Makes the problem of the backward solve. */
  interface Backwards {
    /**
     * @param field the adjoint equations
     * @param controlled the part of the state that step control looks at
     */
    InitialValueProblem problem(
        VectorField field, java.util.function.UnaryOperator<INDArray> controlled);
  }

  /** Relative distance of a rebuilt state from the true one. */
  static double relativeError(INDArray rebuilt, INDArray exact) {
    double norm = exact.norm2Number().doubleValue();
    double distance = Transforms.euclideanDistance(rebuilt.ravel(), exact.ravel());
    return norm == 0.0 ? distance : distance / norm;
  }

  /** Adds the parameter gradient of each accepted step to the total. */
  private final class Quadrature implements StepRecorder {
    private final INDArray total;
    private DenseStep dense;

    Quadrature(INDArray total) {
      this.total = total;
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
      VectorField field = forward.field();
      INDArray z = pool.borrow(system.length());
      field.parameterGradient().assign(0.0);
      for (int node = 0; node < NODES.length; node++) {
        dense.interpolate(NODES[node], z);
        INDArray y = system.solution(z);
        INDArray slope = pool.borrow(y.shape());
        INDArray product = pool.borrow(y.shape());
        try (KeptEvaluation kept = field.evaluateAndKeep(step.time(NODES[node]), y, slope)) {
          // the step goes against the direction of the forward solve
          kept.pullback(system.adjoint(z), -step.length() * WEIGHTS[node], product);
        }
        pool.giveBack(slope);
        pool.giveBack(product);
      }
      LinearCombination.add(total, 1.0, field.parameterGradient());
      pool.giveBack(z);
      dense.close();
      return false;
    }

    @Override
    public void reject() {
      dense.close();
    }
  }
}
