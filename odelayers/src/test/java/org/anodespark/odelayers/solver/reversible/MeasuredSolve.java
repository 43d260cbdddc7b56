/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Solves of problems whose solutions are known. */
final class MeasuredSolve {
  private MeasuredSolve() {}

  /** Error at t = 2 of {@code y' = cos(t) y}, y(0) = 1. */
  static double cosineError(StepMethod method, int steps) {
    INDArray end = solve(GrowthField.cosine(), method, 2, steps, GrowthField.state(1));
    return Math.abs(end.getDouble(0) - Math.exp(Math.sin(2)));
  }

  /** Measured order between two numbers of steps, the second one twice the first one. */
  static double cosineOrder(StepMethod method, int steps) {
    return Math.log(cosineError(method, steps) / cosineError(method, 2 * steps)) / Math.log(2);
  }

  /** Size of the state after that many steps of length 1. */
  static double normAfterUnitSteps(StepMethod method, VectorField field, INDArray y0, int steps) {
    return solve(field, method, steps, steps, y0).norm2Number().doubleValue();
  }

  private static INDArray solve(
      VectorField field, StepMethod method, double end, int steps, INDArray y0) {
    INDArray y1 = y0.ulike();
    SolveCounter counter = new SolveCounter();
    ArrayPool pool = new ArrayPool(DataType.DOUBLE);
    new InitialValueProblem(field, method, new FixedSteps(steps), 0, end, counter, pool)
        .solve(y0, y1);
    return y1;
  }
}
