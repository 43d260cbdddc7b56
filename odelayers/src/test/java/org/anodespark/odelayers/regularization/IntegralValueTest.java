/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.PiecewiseTrajectory;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.NoTime;
import org.anodespark.odelayers.dynamics.TimeAsScale;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.dynamics.TrainableLayers;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Integrals along solutions whose derivatives are known in closed form. */
class IntegralValueTest {
  private static final double[][] A = {{-0.4, 1.7}, {-1.1, 0.3}};
  private static final AdaptiveSteps ACCURATE = new AdaptiveSteps(1e-10, 1e-10);

  /** y' = A y, as a layer: rows are multiplied from the right. */
  private static TrainableLayers linear() {
    TrainableLayers layers = TrainableLayers.of(dense(2));
    // weights lie column by column, which makes them the matrix row by row
    layers.parameters().assign(Nd4j.createFromArray(A[0][0], A[0][1], A[1][0], A[1][1]));
    return layers;
  }

  private static Layer dense(int size) {
    return new BufferedDense.Builder()
        .nIn(size)
        .nOut(size)
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static double[] timesA(double[] y) {
    return new double[] {A[0][0] * y[0] + A[0][1] * y[1], A[1][0] * y[0] + A[1][1] * y[1]};
  }

  private static double meanSquareOfPower(int power, double[] y) {
    double[] product = y.clone();
    for (int i = 0; i < power; i++) {
      product = timesA(product);
    }
    return (product[0] * product[0] + product[1] * product[1]) / 2;
  }

  /** The derivative of order K of a solution of y' = A y is A^K y. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void sumsUpTheDerivativesOfALinearFieldOverTheStagesOfEuler(int order) {
    int steps = 3;
    double end = 1.2;
    double expected = 0;
    double[] y = {0.8, -0.5};
    for (int i = 0; i < steps; i++) {
      expected += end / steps * meanSquareOfPower(order, y);
      double[] slope = timesA(y);
      y = new double[] {y[0] + end / steps * slope[0], y[1] + end / steps * slope[1]};
    }
    double value =
        value(
            linear(),
            new NoTime(),
            new Euler(),
            new FixedSteps(steps),
            0,
            end,
            order == 1 ? new KineticEnergy(1) : new TaylorRegularization(1, order));
    assertThat(value / expected).isCloseTo(1, within(1e-13));
  }

  @Test
  void weighsTheStagesLikeTheClassicMethod() {
    double h = 0.7;
    double[] y = {0.8, -0.5};
    double[] k1 = timesA(y);
    double[] g2 = along(y, h / 2, k1);
    double[] g3 = along(y, h / 2, timesA(g2));
    double[] g4 = along(y, h, timesA(g3));
    double expected =
        h
            / 6
            * (meanSquareOfPower(2, y)
                + 2 * meanSquareOfPower(2, g2)
                + 2 * meanSquareOfPower(2, g3)
                + meanSquareOfPower(2, g4));
    double value =
        value(
            linear(),
            new NoTime(),
            new ClassicRungeKutta(),
            new FixedSteps(1),
            0,
            h,
            new TaylorRegularization(1, 2));
    assertThat(value / expected).isCloseTo(1, within(1e-13));
  }

  private static double[] along(double[] y, double h, double[] slope) {
    return new double[] {y[0] + h * slope[0], y[1] + h * slope[1]};
  }

  /** One state gives (J e)^2 with e = (1, 1) up to a sign, or (1, -1). */
  @Test
  void multipliesTheJacobianByARandomVectorOfSigns() {
    double alike = meanSquareOfPower(1, new double[] {1, 1});
    double opposite = meanSquareOfPower(1, new double[] {1, -1});
    List<Double> values = new ArrayList<>();
    TrainableLayers layers = linear();
    Nd4j.getRandom().setSeed(1);
    for (int draw = 0; draw < 40; draw++) {
      values.add(
          value(
              layers,
              new NoTime(),
              new Tsitouras(),
              new FixedSteps(2),
              0,
              1,
              new JacobianFrobenius(1)));
    }
    assertThat(values)
        .allMatch(value -> Math.abs(value - alike) < 1e-12 || Math.abs(value - opposite) < 1e-12);
    // the mean of both is the squared Frobenius norm by the number of entries
    long ofTheFirst = values.stream().filter(value -> Math.abs(value - alike) < 1e-12).count();
    assertThat(ofTheFirst).isBetween(8L, 32L);
  }

  /** y' = (c + d t) y has y'' = (d + s^2) y and y''' = (3 d s + s^3) y with s = c + d t. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void countsWhatTheTimeItselfContributes(int order) {
    double c = 0.3;
    double d = -0.8;
    TrainableLayers layers = TrainableLayers.of(dense(1));
    layers.parameters().assign(1.0);
    double value =
        value(
            layers,
            new TimeAsScale(c, d),
            new Tsitouras(),
            ACCURATE,
            0,
            2,
            order == 1 ? new KineticEnergy(1) : new TaylorRegularization(1, order));
    double expected =
        simpson(
            2,
            t -> {
              double s = c + d * t;
              double y = 0.8 * Math.exp(c * t + d * t * t / 2);
              double derivative =
                  switch (order) {
                    case 1 -> s * y;
                    case 2 -> (d + s * s) * y;
                    default -> (3 * d * s + s * s * s) * y;
                  };
              return derivative * derivative;
            });
    assertThat(value / expected).isCloseTo(1, within(1e-7));
  }

  private static double simpson(double end, DoubleUnaryOperator function) {
    int intervals = 2000;
    double h = end / intervals;
    return h
        / 3
        * IntStream.rangeClosed(0, intervals)
            .mapToDouble(
                i ->
                    (i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2)
                        * function.applyAsDouble(i * h))
            .sum();
  }

  /** A solve backwards sees the same path. */
  @Test
  void isPositiveForSolvesBackwardsInTime() {
    double forwards =
        value(
            linear(),
            new NoTime(),
            new BogackiShampine(),
            new FixedSteps(3),
            0,
            1,
            new KineticEnergy(1));
    TrainableLayers negated = linear();
    negated.parameters().muli(-1);
    double backwards =
        value(
            negated,
            new NoTime(),
            new BogackiShampine(),
            new FixedSteps(3),
            0,
            -1,
            new KineticEnergy(1));
    assertThat(backwards).isCloseTo(forwards, within(1e-14)).isPositive();
  }

  @Test
  void addsUpOverThePiecesBetweenOutputTimes() {
    TrainableLayers layers = linear();
    try (LayerStack stack = layers.forTraining()) {
      InitialValueProblem problem =
          problem(layers, stack, new NoTime(), new Tsitouras(), ACCURATE, 0, 2);
      INDArray y0 = state(2);
      List<INDArray> outputs = List.of(y0.ulike(), y0.ulike());
      List<Regularizer> regularizers =
          List.of(new KineticEnergy(1), new TaylorRegularization(1, 2), new JacobianFrobenius(1));
      try (RegularizedSolve solve = new RegularizerSet(regularizers).begin(problem, y0);
          PiecewiseTrajectory trajectory =
              PiecewiseTrajectory.solve(
                  new AnodeCheckpoint(), solve.problem(), new double[] {0.5, 2}, y0, outputs)) {
        solve.finish(0, 0, 1);
        trajectory.pullback(List.of(Nd4j.zerosLike(y0), Nd4j.onesLike(y0)), y0.ulike());
        solve.pullback();
      }
      var values = problem.counter().statistics().regularizers();
      for (Regularizer regularizer : regularizers.subList(0, 2)) {
        assertThat(values.get(regularizer.name()))
            .isCloseTo(
                value(linear(), new NoTime(), new Tsitouras(), ACCURATE, 0, 2, regularizer),
                within(1e-8));
      }
      assertThat(layers.pool().bytesInUse()).isZero();
    }
  }

  @Test
  void refusesAnOrderBelowTwo() {
    assertThatThrownBy(() -> new TaylorRegularization(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("order = 1, expected at least 2; the first derivative is KineticEnergy.");
  }

  private static double value(
      TrainableLayers layers,
      TimeInput timeInput,
      StepMethod method,
      StepControl control,
      double start,
      double end,
      Regularizer regularizer) {
    try (LayerStack stack = layers.forTraining()) {
      InitialValueProblem problem = problem(layers, stack, timeInput, method, control, start, end);
      INDArray y0 = state(layers.parameters().length() == 1 ? 1 : 2);
      try (RegularizedSolve solve = new RegularizerSet(List.of(regularizer)).begin(problem, y0)) {
        solve.problem().solve(y0, y0.ulike());
        return solve.finish(0, 0, 1);
      }
    }
  }

  private static InitialValueProblem problem(
      TrainableLayers layers,
      LayerStack stack,
      TimeInput timeInput,
      StepMethod method,
      StepControl control,
      double start,
      double end) {
    SolveCounter counter = new SolveCounter();
    return new InitialValueProblem(
        counter.counting(timeInput.field(stack, layers.pool())),
        method,
        control,
        start,
        end,
        counter,
        layers.pool());
  }

  private static INDArray state(int size) {
    double[] y = {0.8, -0.5};
    INDArray state = Nd4j.zeros(DataType.DOUBLE, 1, size);
    for (int i = 0; i < size; i++) {
      state.putScalar(i, y[i]);
    }
    return state;
  }
}
