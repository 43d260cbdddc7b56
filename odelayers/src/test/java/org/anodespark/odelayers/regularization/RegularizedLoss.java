/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code sum of sin(m + 1) y_m} at t = 2 plus regularisers, and its gradient by a strategy. */
final class RegularizedLoss {
  static final double END = 2;

  private final double penalty;
  private final double[] stateGradient;
  private final double[] parameterGradient;
  private final SolveStatistics statistics;

  private RegularizedLoss(
      double penalty,
      double[] stateGradient,
      double[] parameterGradient,
      SolveStatistics statistics) {
    this.penalty = penalty;
    this.stateGradient = stateGradient;
    this.parameterGradient = parameterGradient;
    this.statistics = statistics;
  }

  /** What the regularisers add. */
  double penalty() {
    return penalty;
  }

  /** With respect to the initial state. */
  double[] stateGradient() {
    return stateGradient;
  }

  /** With respect to the parameters. */
  double[] parameterGradient() {
    return parameterGradient;
  }

  /** Of solve and gradient. */
  SolveStatistics statistics() {
    return statistics;
  }

  static RegularizedLoss of(
      AdjointStrategy strategy,
      StepMethod method,
      StepControl control,
      List<Regularizer> regularizers,
      ArrayPool pool) {
    return of(
        strategy, new TanhLayers(TanhLayers.parameters()), method, control, regularizers, pool);
  }

  static RegularizedLoss of(
      AdjointStrategy strategy,
      TanhLayers field,
      StepMethod method,
      StepControl control,
      List<Regularizer> regularizers,
      ArrayPool pool) {
    InitialValueProblem problem = problem(field, method, control, pool);
    INDArray y0 = TanhLayers.array(TanhLayers.state());
    INDArray y1 = y0.ulike();
    try (RegularizedSolve solve = new RegularizerSet(regularizers).begin(problem, y0);
        Trajectory trajectory = strategy.solve(solve.problem(), y0, y1)) {
      double penalty = solve.finish(0, 0, 1);
      INDArray adjoint = TanhLayers.array(weights());
      trajectory.pullback(adjoint);
      solve.pullback();
      return new RegularizedLoss(
          penalty,
          adjoint.reshape(adjoint.length()).toDoubleVector(),
          field.parameterGradient().toDoubleVector(),
          problem.counter().statistics());
    }
  }

  static InitialValueProblem problem(
      TanhLayers field, StepMethod method, StepControl control, ArrayPool pool) {
    SolveCounter counter = new SolveCounter();
    return new InitialValueProblem(counter.counting(field), method, control, 0, END, counter, pool);
  }

  /** The steps that a solve at the given parameters takes. */
  static TimeGrid grid(StepMethod method, StepControl control, ArrayPool pool) {
    INDArray y0 = TanhLayers.array(TanhLayers.state());
    return problem(new TanhLayers(TanhLayers.parameters()), method, control, pool)
        .solve(y0, y0.ulike());
  }

  static double[] weights() {
    double[] weights = new double[TanhLayers.EXAMPLES * TanhLayers.SIZE];
    for (int m = 0; m < weights.length; m++) {
      weights[m] = Math.sin(m + 1.0);
    }
    return weights;
  }

  static double weighted(double[] y) {
    double sum = 0;
    for (int m = 0; m < y.length; m++) {
      sum += weights()[m] * y[m];
    }
    return sum;
  }

  /** Central differences of fourth order. */
  static double[] differences(ToDoubleFunction<double[]> loss, double[] at) {
    double h = 1e-5;
    double[] differences = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double near = loss.applyAsDouble(moved(at, i, h)) - loss.applyAsDouble(moved(at, i, -h));
      double far =
          loss.applyAsDouble(moved(at, i, 2 * h)) - loss.applyAsDouble(moved(at, i, -2 * h));
      differences[i] = (8 * near - far) / (12 * h);
    }
    return differences;
  }

  private static double[] moved(double[] values, int index, double by) {
    double[] moved = values.clone();
    moved[index] += by;
    return moved;
  }

  /** The greatest difference of two gradients, relative to the greatest entry. */
  static double relativeError(double[] gradient, double[] reference) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < reference.length; i++) {
      error = Math.max(error, Math.abs(gradient[i] - reference[i]));
      size = Math.max(size, Math.abs(reference[i]));
    }
    return error / size;
  }
}
