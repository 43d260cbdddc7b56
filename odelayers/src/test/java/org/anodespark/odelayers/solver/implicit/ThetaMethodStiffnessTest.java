/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ThetaMethodStiffnessTest {
  private static final int SIZE = 20;

  private static final StepMethod EULER = new BackwardEuler();
  private static final StepMethod TRAPEZOIDAL = new CrankNicolson();

  static Stream<Arguments> methodsAndRates() {
    return Stream.of(EULER, TRAPEZOIDAL)
        .flatMap(method -> Stream.of(1e2, 1e4, 1e6, 1e8).map(rate -> Arguments.of(method, rate)));
  }

  @ParameterizedTest
  @MethodSource("methodsAndRates")
  void staysOnAStiffSolutionWithLongSteps(StepMethod method, double rate) {
    double y = solve(method, FormulaField.stiffCosine(rate), DataType.DOUBLE, 1, 20, 1)[0];
    assertThat(y).isCloseTo(Math.cos(1), within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("methodsAndRates")
  void staysOnItInSinglePrecisionToo(StepMethod method, double rate) {
    double y = solve(method, FormulaField.stiffCosine(rate), DataType.FLOAT, 1, 20, 1)[0];
    assertThat(y).isCloseTo(Math.cos(1), within(1e-3));
  }

  @Test
  void anExplicitMethodExplodesThere() {
    double y = solve(new ExplicitMidpoint(), stiffCosine(), DataType.DOUBLE, 1, 20, 1)[0];
    assertThat(Math.abs(y)).isGreaterThan(1e10);
  }

  @Test
  void backwardEulerForgetsAStiffComponentThatCrankNicolsonOnlyKeepsBounded() {
    double damped = solve(EULER, stiffCosine(), DataType.DOUBLE, 1, 20, 3)[0];
    double swinging = solve(TRAPEZOIDAL, stiffCosine(), DataType.DOUBLE, 1, 20, 3)[0];
    assertThat(damped).isCloseTo(Math.cos(1), within(1e-3));
    assertThat(Math.abs(swinging - Math.cos(1))).isBetween(0.1, 2.0);
  }

  /**
   * Undamped, Newton's iteration for these equations goes from 2 to large numbers of both signs.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1e2, 1e4})
  void solvesASteepFieldOnWhichFullCorrectionsOvershoot(double rate) {
    FormulaField field =
        new FormulaField(
            (t, y, p) -> new double[] {-rate * Math.atan(10 * y[0])},
            (t, y, p) -> new double[][] {{-rate * 10 / (1 + 100 * y[0] * y[0])}},
            (t, y, p) -> new double[1],
            0);
    double y = solve(EULER, field, DataType.DOUBLE, 1, 1, 2)[0];
    assertThat(y + rate * Math.atan(10 * y)).isCloseTo(2, within(1e-9));
  }

  /** The methods' stability functions, applied to the matrix, are the exact numbers. */
  @ParameterizedTest
  @MethodSource("methodsAndRates")
  void solvesAStiffSystemThatIsNotNormal(StepMethod method, double rate) {
    double[] y0 = numbers(1);
    double[] expected = Matrices.times(propagation(method, rate), y0);
    double[] y1 = solve(method, FormulaField.linear(stiff(rate), 1), DataType.DOUBLE, 1, 5, y0);
    // the rounding of f alone changes the result by that
    assertThat(Matrices.distance(y1, expected)).isLessThan(1e-11 + 1e-14 * rate);
  }

  @ParameterizedTest
  @MethodSource("methodsAndRates")
  void differentiatesItExactly(StepMethod method, double rate) {
    double[] gradient = numbers(2);
    double[] expected = Matrices.transposedTimes(propagation(method, rate), gradient);
    Gradient computed =
        new Gradient(method, FormulaField.linear(stiff(rate), 1), 5, numbers(1), gradient);
    assertThat(Matrices.distance(computed.state, expected)).isLessThan(1e-11 + 1e-14 * rate);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasTheParameterGradientOfCentralDifferences(boolean euler) {
    StepMethod method = euler ? EULER : TRAPEZOIDAL;
    double[] y0 = numbers(1);
    double[] gradient = numbers(2);
    double[] up =
        solve(method, FormulaField.linear(stiff(1e4), 1 + 1e-5), DataType.DOUBLE, 1, 5, y0);
    double[] down =
        solve(method, FormulaField.linear(stiff(1e4), 1 - 1e-5), DataType.DOUBLE, 1, 5, y0);
    double difference = (Matrices.dot(up, gradient) - Matrices.dot(down, gradient)) / 2e-5;
    Gradient computed = new Gradient(method, FormulaField.linear(stiff(1e4), 1), 5, y0, gradient);
    assertThat(Math.abs(difference)).isGreaterThan(1e-2);
    assertThat(computed.parameter).isCloseTo(difference, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasItForAStiffProblemThatDependsOnTimeToo(boolean euler) {
    StepMethod method = euler ? EULER : TRAPEZOIDAL;
    double up = solve(method, FormulaField.stiffCosine(1000.05), DataType.DOUBLE, 1, 20, 3)[0];
    double down = solve(method, FormulaField.stiffCosine(999.95), DataType.DOUBLE, 1, 20, 3)[0];
    double difference = (up - down) / 0.1;
    Gradient computed = new Gradient(method, stiffCosine(), 20, new double[] {3}, new double[] {1});
    assertThat(computed.parameter)
        .isCloseTo(difference, within(1e-7 * Math.abs(difference) + 1e-12));
  }

  private static FormulaField stiffCosine() {
    return FormulaField.stiffCosine(1000);
  }

  private static double[][] stiff(double rate) {
    return Matrices.stiff(SIZE, rate);
  }

  /** Five steps of length 0.2. */
  private static double[][] propagation(StepMethod method, double rate) {
    DoubleUnaryOperator stability =
        method.order() == 1
            ? eigenvalue -> 1 / (1 - 0.2 * eigenvalue)
            : eigenvalue -> (1 + 0.1 * eigenvalue) / (1 - 0.1 * eigenvalue);
    return Matrices.stiff(
        SIZE, rate, eigenvalue -> Math.pow(stability.applyAsDouble(eigenvalue), 5));
  }

  private static double[] numbers(int seed) {
    return new Random(seed).doubles(SIZE, -1, 1).toArray();
  }

  private static double[] solve(
      StepMethod method, VectorField field, DataType type, double end, int steps, double... y0) {
    INDArray y1 = Nd4j.zeros(type, y0.length);
    problem(method, field, type, end, steps).solve(Nd4j.createFromArray(y0).castTo(type), y1);
    return y1.toDoubleVector();
  }

  private static InitialValueProblem problem(
      StepMethod method, VectorField field, DataType type, double end, int steps) {
    return new InitialValueProblem(
        field, method, new FixedSteps(steps), 0, end, new SolveCounter(), new ArrayPool(type));
  }

  /** The gradient of a solve to t = 1. */
  private static final class Gradient {
    final double[] state;
    final double parameter;

    Gradient(StepMethod method, FormulaField field, int steps, double[] y0, double[] gradient) {
      INDArray y1 = Nd4j.zeros(DataType.DOUBLE, y0.length);
      INDArray adjoint = Nd4j.createFromArray(gradient);
      try (Trajectory trajectory =
          new AnodeCheckpoint()
              .solve(
                  problem(method, field, DataType.DOUBLE, 1, steps),
                  Nd4j.createFromArray(y0),
                  y1)) {
        trajectory.pullback(adjoint);
      }
      state = adjoint.toDoubleVector();
      parameter = field.parameterGradient().getDouble(0);
    }
  }
}
