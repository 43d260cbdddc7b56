/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.function.UnaryOperator;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A solve and its gradient.
 *
 * @param y1 the final state
 * @param stateGradient gradient with respect to the initial state
 * @param parameterGradient all of the field's; null if it has none
 * @param statistics what both cost
 */
record DifferentiatedSolve(
    INDArray y1, INDArray stateGradient, INDArray parameterGradient, SolveStatistics statistics) {
  static DifferentiatedSolve of(
      AdjointStrategy strategy,
      InitialValueProblem problem,
      INDArray y0,
      UnaryOperator<INDArray> lossGradient) {
    INDArray y1 = y0.ulike();
    try (Trajectory trajectory = strategy.solve(problem, y0, y1)) {
      INDArray adjoint = lossGradient.apply(y1.dup());
      trajectory.pullback(adjoint);
      INDArray gradient = problem.field().parameterGradient();
      return new DifferentiatedSolve(
          y1, adjoint, gradient == null ? null : gradient.dup(), problem.counter().statistics());
    }
  }

  /** From y(0) = (0.6, 0.3) to the gradient of y1 + y2 at t = 2. */
  static DifferentiatedSolve ofSpiral(
      AdjointStrategy strategy, CubicSpiral field, StepMethod method, int steps, ArrayPool pool) {
    return of(
        strategy,
        problem(field, method, 0, 2, steps, pool),
        CubicSpiral.state(0.6, 0.3),
        y1 -> CubicSpiral.state(1, 1));
  }

  /** A problem of equal steps that is counted. */
  static InitialValueProblem problem(
      VectorField field, StepMethod method, double start, double end, int steps, ArrayPool pool) {
    SolveCounter counter = new SolveCounter();
    return new InitialValueProblem(
        counter.counting(field), method, new FixedSteps(steps), start, end, counter, pool);
  }
}
