/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.function.UnaryOperator;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepRecorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One solve of the {@link AdjointSystem} from the end of a forward solve to its start. */
final class ContinuousAdjoint {
  private final BackwardSteps steps;
  private final ParameterIntegral integral;
  private final VectorField field;
  private final ArrayPool pool;

  /**
   * @param steps the steps to take
   * @param integral how the parameter gradient is computed
   */
  ContinuousAdjoint(BackwardSteps steps, ParameterIntegral integral) {
    this.steps = steps;
    this.integral = integral;
    this.field = steps.forward().field().backwards();
    this.pool = steps.forward().pool();
  }

  /**
   * Solves for the adjoint and for the state.
   *
   * @param adjoint gradient with respect to the final state, becomes the one to the initial state
   * @param y the final state, becomes the initial state at which the solve arrives
   */
  void rebuilding(INDArray y, INDArray adjoint) {
    solve(system(adjoint, null), adjoint, y);
  }

  /**
   * Solves for the adjoint alone.
   *
   * @param adjoint gradient with respect to the final state, becomes the one to the initial state
   * @param states the states of the forward solve
   */
  void along(StateAlongTheWay states, INDArray adjoint) {
    solve(system(adjoint, states), adjoint, null);
  }

  private AdjointSystem system(INDArray like, StateAlongTheWay states) {
    boolean withParameters = integral != ParameterIntegral.QUADRATURE;
    return new AdjointSystem(field, like, states, withParameters, pool);
  }

  private void solve(AdjointSystem system, INDArray adjoint, INDArray y) {
    INDArray z = pool.borrow(system.length());
    INDArray end = pool.borrow(system.length());
    INDArray before = system.hasParameters() ? copyOfParameterGradient() : null;
    try {
      z.assign(0.0);
      system.adjoint(z).assign(adjoint);
      if (y != null) {
        system.solution(z).assign(y);
      }
      steps
          .problem(system, controlled(system))
          .solve(z, end, recorder(system))
          .last()
          .giveBack(pool);
      adjoint.assign(system.adjoint(end));
      if (y != null) {
        y.assign(system.solution(end));
      }
      if (before != null) {
        LinearCombination.add(before, 1.0, system.parameters(end));
        field.parameterGradient().assign(before);
      }
    } finally {
      if (before != null) {
        pool.giveBack(before);
      }
      pool.giveBack(z);
      pool.giveBack(end);
    }
  }

  /** The system uses the field's own sum for single products. */
  private INDArray copyOfParameterGradient() {
    INDArray copy = pool.borrow(field.parameterGradient().shape());
    copy.assign(field.parameterGradient());
    return copy;
  }

  private UnaryOperator<INDArray> controlled(AdjointSystem system) {
    return integral == ParameterIntegral.FULL_NORM
        ? UnaryOperator.identity()
        : system::withoutParameters;
  }

  private StepRecorder recorder(AdjointSystem system) {
    return integral == ParameterIntegral.QUADRATURE && field.parameterGradient() != null
        ? new ParameterQuadrature(field, system, pool)
        : StepRecorder.NOTHING;
  }
}
