/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.field;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The loss L = 1/2 |z(1)|^2 of a solve over [0, 1], and its gradient.
 *
 * @param loss L
 * @param state dL/dz(0)
 * @param parameters dL/dtheta, {@code [P]}
 * @param statistics what solve and gradient cost
 */
public record LossGradient(
    double loss, INDArray state, INDArray parameters, SolveStatistics statistics) {
  /**
   * By an adjoint strategy.
   *
   * @param start z(0), left as it is
   */
  public static LossGradient of(
      OneLayerField field,
      StepMethod method,
      StepControl control,
      AdjointStrategy strategy,
      INDArray start) {
    SolveCounter counter = new SolveCounter();
    INDArray end = start.ulike();
    field.parameterGradient().assign(0.0);
    INDArray adjoint;
    double loss;
    try (Trajectory trajectory =
        strategy.solve(problem(field, method, control, start, counter), start, end)) {
      loss = halfSquare(end);
      adjoint = end.dup('c');
      trajectory.pullback(adjoint);
    }
    return new LossGradient(loss, adjoint, field.parameterGradient().dup(), counter.statistics());
  }

  /**
   * The gradient with respect to the parameters by central differences of the loss.
   *
   * @param start z(0), left as it is
   * @param width distance by which each parameter is moved to either side
   */
  public static INDArray byDifferences(
      OneLayerField field, StepMethod method, StepControl control, INDArray start, double width) {
    INDArray parameters = field.parameters();
    INDArray gradient = parameters.ulike();
    for (long i = 0; i < parameters.length(); i++) {
      double value = parameters.getDouble(i);
      parameters.putScalar(i, value + width);
      double above = loss(field, method, control, start);
      parameters.putScalar(i, value - width);
      double below = loss(field, method, control, start);
      parameters.putScalar(i, value);
      gradient.putScalar(i, (above - below) / (2 * width));
    }
    return gradient;
  }

  /** |a - b| / |b|, over all entries. */
  public static double relativeDistance(INDArray a, INDArray b) {
    return Transforms.euclideanDistance(a.ravel(), b.ravel()) / b.norm2Number().doubleValue();
  }

  private static double loss(
      OneLayerField field, StepMethod method, StepControl control, INDArray start) {
    INDArray end = start.ulike();
    problem(field, method, control, start, new SolveCounter()).solve(start, end);
    return halfSquare(end);
  }

  private static InitialValueProblem problem(
      OneLayerField field,
      StepMethod method,
      StepControl control,
      INDArray start,
      SolveCounter counter) {
    return new InitialValueProblem(
        counter.counting(field),
        method,
        control,
        0,
        1,
        counter,
        ArrayPool.ofCurrentThread(start.dataType()));
  }

  private static double halfSquare(INDArray end) {
    double norm = end.norm2Number().doubleValue();
    return 0.5 * norm * norm;
  }
}
