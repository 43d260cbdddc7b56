/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import org.anodespark.examples.field.LossGradient;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A solve from t = 0 to 1 and back again with the same method: what the classical neural ODE
 * adjoint does to the state of a block.
 *
 * @param start z(0)
 * @param end the computed z(1)
 * @param rebuilt what the solve back from z(1) takes for z(0)
 * @param stepsForward accepted steps on the way there
 * @param stepsBackward accepted steps on the way back
 */
public record Reversal(
    INDArray start, INDArray end, INDArray rebuilt, int stepsForward, int stepsBackward) {
  /**
   * Solves there and back.
   *
   * @param field f, autonomous
   * @param method of both solves
   * @param control of both solves
   * @param start z(0), left as it is
   * @throws org.anodespark.odelayers.failure.OdeSolveException if a solve fails
   */
  public static Reversal of(
      VectorField field, StepMethod method, StepControl control, INDArray start) {
    InitialValueProblem forward =
        new InitialValueProblem(
            field,
            method,
            control,
            0,
            1,
            new SolveCounter(),
            ArrayPool.ofCurrentThread(start.dataType()));
    INDArray end = start.ulike();
    int stepsForward = forward.solve(start, end).steps();
    INDArray rebuilt = start.ulike();
    int stepsBackward = forward.between(1, 0).solve(end, rebuilt).steps();
    return new Reversal(start, end, rebuilt, stepsForward, stepsBackward);
  }

  /** rho, the relative error |rebuilt - z(0)| / |z(0)| in the Euclidean norm. */
  public double error() {
    return LossGradient.relativeDistance(rebuilt, start);
  }
}
