/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Heun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PredatorPreyTest {
  private static final double[] PARAMETERS = {1.1, 0.4, 0.1, 0.4};
  private static final double[] START = {4, 3, 9, 1, 2, 5};

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  /** Adaptive steps depend on the parameters, their derivative does not: hence the tolerance. */
  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(new Heun(), new FixedSteps(30), new Revolve(3), 1e-7),
        Arguments.of(new ClassicRungeKutta(), new FixedSteps(30), new FullStorage(), 1e-7),
        Arguments.of(new ClassicRungeKutta(), new FixedSteps(30), new AnodeCheckpoint(), 1e-7),
        Arguments.of(
            new DormandPrince(), new AdaptiveSteps(1e-12, 1e-12), new OnlineCheckpoint(4), 1e-5));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hasTheGradientOfCentralDifferences(
      StepMethod method, StepControl control, AdjointStrategy strategy, double tolerance) {
    PredatorPrey field = field(PARAMETERS);
    INDArray adjoint = weights();
    INDArray end = state(new double[START.length]);
    try (Trajectory trajectory =
        strategy.solve(problem(field, method, control), state(START), end)) {
      trajectory.pullback(adjoint);
    }
    double step = 1e-5;
    for (int i = 0; i < START.length; i++) {
      double difference =
          (objective(method, control, PARAMETERS, moved(START, i, step))
                  - objective(method, control, PARAMETERS, moved(START, i, -step)))
              / (2 * step);
      assertThat(adjoint.ravel().getDouble(i))
          .isCloseTo(difference, within(tolerance * Math.abs(difference)));
    }
    for (int i = 0; i < PARAMETERS.length; i++) {
      double difference =
          (objective(method, control, moved(PARAMETERS, i, step), START)
                  - objective(method, control, moved(PARAMETERS, i, -step), START))
              / (2 * step);
      assertThat(field.parameterGradient().getDouble(i))
          .isCloseTo(difference, within(tolerance * Math.abs(difference)));
    }
  }

  /** The one invariant of the equations, V = feeding x - dying ln x + hunting y - growth ln y. */
  @Test
  void keepsItsInvariantAlongAnAccurateSolution() {
    INDArray end = state(new double[START.length]);
    problem(field(PARAMETERS), new DormandPrince(), new AdaptiveSteps(1e-10, 1e-12))
        .solve(state(START), end);
    for (int habitat = 0; habitat < START.length / 2; habitat++) {
      assertThat(invariant(end.getDouble(habitat, 0), end.getDouble(habitat, 1)))
          .isCloseTo(invariant(START[2 * habitat], START[2 * habitat + 1]), within(1e-8));
    }
  }

  @Test
  void pushesForwardTheTransposeOfWhatItPullsBack() {
    INDArray y = state(START);
    INDArray slope = state(START);
    INDArray tangent = state(1, -2, 0.5, 3, -1, 4);
    INDArray cotangent = weights();
    INDArray forward = state(new double[START.length]);
    INDArray backward = state(new double[START.length]);
    try (KeptEvaluation kept = field(PARAMETERS).evaluateAndKeep(0, y, slope)) {
      kept.pushforward(tangent, forward);
      double left = forward.mul(cotangent).sumNumber().doubleValue();
      kept.pullback(cotangent, 0, backward);
      assertThat(backward.mul(tangent).sumNumber().doubleValue()).isCloseTo(left, within(1e-12));
    }
  }

  private double objective(
      StepMethod method, StepControl control, double[] parameters, double[] start) {
    INDArray end = state(new double[START.length]);
    problem(field(parameters), method, control).solve(state(start), end);
    return end.mul(weights()).sumNumber().doubleValue();
  }

  private InitialValueProblem problem(PredatorPrey field, StepMethod method, StepControl control) {
    SolveCounter counter = new SolveCounter();
    return new InitialValueProblem(counter.counting(field), method, control, 0, 3, counter, pool);
  }

  private static PredatorPrey field(double[] parameters) {
    return new PredatorPrey(parameters[0], parameters[1], parameters[2], parameters[3]);
  }

  private static INDArray weights() {
    return state(1, -0.5, 0.25, 1, -1, 0.5);
  }

  private static INDArray state(double... values) {
    return Nd4j.createFromArray(values).castTo(DataType.DOUBLE).reshape('c', values.length / 2, 2);
  }

  private static double[] moved(double[] values, int index, double step) {
    double[] moved = values.clone();
    moved[index] += step;
    return moved;
  }

  private static double invariant(double x, double y) {
    return PARAMETERS[2] * x
        - PARAMETERS[3] * Math.log(x)
        + PARAMETERS[1] * y
        - PARAMETERS[0] * Math.log(y);
  }
}
