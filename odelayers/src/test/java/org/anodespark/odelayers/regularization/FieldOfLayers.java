/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.dynamics.TrainableLayers;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loss {@code sum of sin(m + 1) y_m} at t = 1.5 plus regularisers, of a solve whose field is
 * made of layers, and its gradients by strategies and by differences.
 */
final class FieldOfLayers {
  static final double END = 1.5;

  /** Of random numbers that a solve draws. */
  private static final long SEED = 11;

  private final String name;
  private final TrainableLayers layers;
  private final TimeInput timeInput;
  private final INDArray state;

  FieldOfLayers(String name, TimeInput timeInput, long[] shape, Layer... layers) {
    this.name = name;
    this.layers = TrainableLayers.of(layers);
    this.timeInput = timeInput;
    this.state = Nd4j.zeros(DataType.DOUBLE, shape);
    for (long i = 0; i < state.length(); i++) {
      state.putScalar(i, Math.cos(2.0 * i + 0.5));
    }
  }

  /** What came out. */
  record Differentiated(
      double penalty,
      INDArray stateGradient,
      INDArray parameterGradient,
      SolveStatistics statistics) {}

  ArrayPool pool() {
    return layers.pool();
  }

  INDArray state() {
    return state;
  }

  INDArray parameters() {
    return layers.parameters();
  }

  Differentiated differentiate(
      AdjointStrategy strategy,
      StepMethod method,
      StepControl control,
      List<Regularizer> regularizers) {
    Nd4j.getRandom().setSeed(SEED);
    layers.gradient().reset();
    INDArray y1 = state.ulike();
    try (LayerStack stack = layers.forTraining()) {
      InitialValueProblem problem = problem(stack, method, control);
      try (RegularizedSolve solve = new RegularizerSet(regularizers).begin(problem, state);
          Trajectory trajectory = strategy.solve(solve.problem(), state, y1)) {
        double penalty = solve.finish(0, 0, 1);
        INDArray adjoint = weights();
        trajectory.pullback(adjoint);
        solve.pullback();
        return new Differentiated(
            penalty,
            adjoint.reshape(adjoint.length()),
            layers.gradient().sum().dup(),
            problem.counter().statistics());
      }
    }
  }

  private InitialValueProblem problem(LayerStack stack, StepMethod method, StepControl control) {
    SolveCounter counter = new SolveCounter();
    return new InitialValueProblem(
        counter.counting(timeInput.field(stack, pool())), method, control, 0, END, counter, pool());
  }

  /** The steps of a solve. */
  TimeGrid grid(StepMethod method, StepControl control) {
    try (LayerStack stack = layers.forTraining()) {
      return problem(stack, method, control).solve(state, state.ulike());
    }
  }

  /** What the regularisers add on given steps, without a gradient. */
  double penalty(StepMethod method, TimeGrid grid, List<Regularizer> regularizers) {
    return loss(method, grid, regularizers, 0.0);
  }

  /** The loss on given steps, without a gradient. */
  double loss(StepMethod method, TimeGrid grid, List<Regularizer> regularizers) {
    return loss(method, grid, regularizers, 1.0);
  }

  private double loss(
      StepMethod method, TimeGrid grid, List<Regularizer> regularizers, double ofEnd) {
    Nd4j.getRandom().setSeed(SEED);
    INDArray y1 = state.ulike();
    try (LayerStack stack = layers.forTraining()) {
      InitialValueProblem problem = problem(stack, method, new FixedSteps(1)).on(grid);
      try (RegularizedSolve solve = new RegularizerSet(regularizers).begin(problem, state)) {
        solve.problem().solve(state, y1);
        return solve.finish(0, 0, 1) + ofEnd * y1.mul(weights()).sumNumber().doubleValue();
      }
    }
  }

  private INDArray weights() {
    INDArray weights = state.ulike();
    for (long i = 0; i < weights.length(); i++) {
      weights.putScalar(i, Math.sin(i + 1.0));
    }
    return weights;
  }

  /** The derivative by central differences of fourth order in a direction. */
  static double difference(INDArray at, INDArray direction, ToDoubleFunction<INDArray> loss) {
    double h = 1e-3;
    INDArray center = at.dup();
    double[] values = new double[4];
    int[] nodes = {-2, -1, 1, 2};
    for (int i = 0; i < nodes.length; i++) {
      at.assign(center.add(direction.mul(nodes[i] * h)));
      values[i] = loss.applyAsDouble(at);
    }
    at.assign(center);
    return (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h);
  }

  @Override
  public String toString() {
    return name;
  }
}
