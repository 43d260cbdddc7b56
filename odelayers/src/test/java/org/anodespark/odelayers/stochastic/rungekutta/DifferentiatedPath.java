/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepCotangent;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.Tolerance;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.StochasticStatistics;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One path of an equation with ten numbers to differentiate by: two of the initial state, four of
 * the drift (a {@link CubicSpiral}) and four of the diffusion (a {@link WaveField}). The loss is
 * {@code u1 - 2 u2} at t = 2 and, if measured, the sum over steps j of {@code (0.3 + 0.1 j) E_j +
 * (0.2 - 0.05 j) S_j}, S_j for methods that estimate stiffness.
 *
 * @param method the method
 * @param control chooses the steps
 * @param measured whether E and S are in the loss
 * @param pool lends the buffers
 */
record DifferentiatedPath(
    StochasticRungeKutta method, StepControl control, boolean measured, ArrayPool pool) {
  static final double[] NUMBERS = {0.9, 0.4, -0.1, 1.1, -0.9, -0.2, 0.3, 0.4, 0.5, -0.6};

  private static final double START = 0;
  private static final double END = 2;

  private static StepCotangent weights(int step) {
    return new StepCotangent(0.3 + 0.1 * step, 0.2 - 0.05 * step);
  }

  /**
   * What a strategy makes of the path.
   *
   * @param end u(2)
   * @param gradient by all ten numbers
   * @param measures of the accepted steps; empty if nothing is measured
   * @param statistics what it cost
   */
  record Result(
      List<Double> end,
      List<Double> gradient,
      List<StepMeasure> measures,
      StochasticStatistics statistics) {}

  Result differentiate(AdjointStrategy strategy) {
    Instance instance = new Instance(NUMBERS);
    INDArray u1 = instance.u0.ulike();
    INDArray adjoint = CubicSpiral.state(1, -2);
    List<StepMeasure> measures;
    try (Trajectory trajectory = strategy.solve(instance.measured(), instance.u0, u1)) {
      measures = instance.journal.close();
      instance.journal.setCotangents(
          IntStream.range(0, measures.size()).mapToObj(DifferentiatedPath::weights).toList());
      trajectory.pullback(adjoint);
    }
    double[] gradient = new double[10];
    System.arraycopy(Bits.of(adjoint), 0, gradient, 0, 2);
    System.arraycopy(Bits.of(instance.drift.parameterGradient()), 0, gradient, 2, 4);
    System.arraycopy(Bits.of(instance.diffusion.parameterGradient()), 0, gradient, 6, 4);
    return new Result(
        listOf(Bits.of(u1)), listOf(gradient), measures, instance.problem.statistics());
  }

  private static List<Double> listOf(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The derivative by one of the numbers, at frozen noise and frozen steps, by differences. */
  double difference(int index) {
    Instance instance = new Instance(NUMBERS);
    TimeGrid grid = instance.problem.solve(instance.u0, instance.u0.ulike());
    double step = 2e-4;
    double near = loss(grid, index, step) - loss(grid, index, -step);
    double far = loss(grid, index, 2 * step) - loss(grid, index, -2 * step);
    return (8 * near - far) / (12 * step);
  }

  private double loss(TimeGrid grid, int index, double change) {
    double[] numbers = NUMBERS.clone();
    numbers[index] += change;
    Instance instance = new Instance(numbers);
    INDArray u1 = instance.u0.ulike();
    instance.measured().on(grid).solve(instance.u0, u1);
    double loss = u1.getDouble(0) - 2 * u1.getDouble(1);
    List<StepMeasure> measures = instance.journal.close();
    for (int j = 0; j < measures.size(); j++) {
      loss += weights(j).error() * measures.get(j).error();
      loss += weights(j).stiffness() * measures.get(j).stiffness();
    }
    return loss;
  }

  private final class Instance {
    final INDArray u0;
    final CubicSpiral drift;
    final WaveField diffusion;
    final StepJournal journal =
        new StepJournal(new Tolerance(0.5, 0.5), method.estimatesStiffness());
    final StochasticProblem problem;

    Instance(double[] numbers) {
      u0 = CubicSpiral.state(numbers[0], numbers[1]);
      drift = new CubicSpiral(numbers[2], numbers[3], numbers[4], numbers[5]);
      diffusion = new WaveField(numbers[6], numbers[7], numbers[8], numbers[9]);
      problem =
          new StochasticProblem(
              drift,
              diffusion,
              method,
              control,
              new BrownianPath(3, StochasticSteps.cells(control, START, END), 2),
              pool);
    }

    /** Measured or not; the journal of a solve that is not measured stays empty. */
    InitialValueProblem measured() {
      InitialValueProblem plain = problem.alongPath();
      return measured
          ? plain.by(((MeasurableStepMethod) plain.method()).measuredIn(journal))
          : plain;
    }
  }
}
