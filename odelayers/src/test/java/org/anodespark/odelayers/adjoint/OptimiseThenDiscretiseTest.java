/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.dynamics.TanhField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far the discretised gradient of the continuous problem is from the gradient of the discrete
 * one, with the loss |z(1)|^2 / 2.
 */
class OptimiseThenDiscretiseTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  /** Of {@code z' = theta z}, z(0) = 1, by Euler's method, in closed form. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 1.5, 2.25",
    "0.5, 2, 1.953125, 2.365112",
    "0.5, 4, 2.280697, 2.506273",
    "-0.5, 1, 0.5, 0.25",
    "-0.5, 2, 0.421875, 0.306519",
    "-0.5, 4, 0.392696, 0.335639",
    "-2, 1, -1, 1",
    "-2, 2, 0, 0",
    "-2, 4, 0.007812, 0.002670"
  })
  void differsByTheClosedFormForEuler(double theta, int steps, double discrete, double continuous) {
    double h = 1.0 / steps;
    double exact = Math.pow(1 + h * theta, 2 * steps - 1);
    double sum = 0;
    for (int j = 0; j < steps; j++) {
      sum += Math.pow(1 - Math.pow(h * theta, 2), j);
    }
    double otherwise = h * Math.pow(1 + h * theta, 2 * steps) * sum;
    assertThat(exact).isCloseTo(discrete, within(1e-6));
    assertThat(otherwise).isCloseTo(continuous, within(1e-6));
    assertThat(growth(new FullStorage(), new Euler(), theta, steps))
        .isCloseTo(exact, within(1e-12));
    for (ParameterIntegral integral :
        new ParameterIntegral[] {ParameterIntegral.SEMINORM, ParameterIntegral.FULL_NORM}) {
      assertThat(growth(new ReverseTime(null, integral), new Euler(), theta, steps))
          .isCloseTo(otherwise, within(1e-12));
    }
  }

  /** The ratio may have any sign and size: here the gradient even points the wrong way. */
  @ParameterizedTest
  @CsvSource({"0.5, 1.5", "-0.9, 0.1", "-2, -1", "-4, -3"})
  void isOffByTheFactorOnePlusThetaForOneStep(double theta, double ratio) {
    double exact = growth(new FullStorage(), new Euler(), theta, 1);
    assertThat(growth(new ReverseTime(), new Euler(), theta, 1) / exact)
        .isCloseTo(ratio, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1.0237", "-0.5, 0.9617", "-2, 0.7796"})
  void comesNearerWithSixteenSteps(double theta, double ratio) {
    double exact = growth(new FullStorage(), new Euler(), theta, 16);
    assertThat(growth(new ReverseTime(), new Euler(), theta, 16) / exact)
        .isCloseTo(ratio, within(1e-4));
  }

  /**
   * Of {@code z' = theta z} by Heun's method with x = h theta: backwards both a z and z follow the
   * parabola 1 -+ x s + x^2 s^2 / 2, whose product 1 + x^4 s^4 / 4 the quadrature integrates
   * exactly.
   */
  @ParameterizedTest
  @CsvSource({"0.5, 1", "-2, 1", "-2, 4", "1, 7"})
  void differsByTheClosedFormForHeunWithQuadrature(double theta, int steps) {
    double h = 1.0 / steps;
    double x = h * theta;
    double fourth = Math.pow(x, 4);
    double sum = 0;
    for (int j = 0; j < steps; j++) {
      sum += Math.pow(1 + fourth / 4, j);
    }
    double last = Math.pow(1 + x + x * x / 2, steps);
    ReverseTime strategy = new ReverseTime(null, ParameterIntegral.QUADRATURE);
    assertThat(growth(strategy, new HeunEuler(), theta, steps))
        .isCloseTo(h * last * last * (1 + fourth / 20) * sum, within(1e-12));
  }

  /** The stages of Heun's method are at the ends of steps, where the interpolant is exact. */
  @ParameterizedTest
  @CsvSource({"0.5, 1", "-2, 1", "-2, 4", "1, 7"})
  void differsByTheClosedFormForHeunAlongTheForwardSolve(double theta, int steps) {
    double x = theta / steps;
    double factor = 1 + x + x * x / 2;
    double last = Math.pow(factor, steps);
    assertThat(growth(new FullStorage(), new HeunEuler(), theta, steps))
        .isCloseTo(last * last * (1 + x) / factor, within(1e-12));
    assertThat(growth(new Interpolated(), new HeunEuler(), theta, steps))
        .isCloseTo(last * last * (1 + (1 + x) / factor) / 2, within(1e-12));
  }

  private double growth(AdjointStrategy strategy, StepMethod method, double theta, int steps) {
    return DifferentiatedSolve.of(
            strategy,
            DifferentiatedSolve.problem(GrowthField.constant(theta), method, 0, 1, steps, pool),
            GrowthField.state(1),
            INDArray::dup)
        .parameterGradient()
        .getDouble(0);
  }

  /** Numbers of an independent program. */
  @ParameterizedTest
  @CsvSource({
    "Euler, 1, 3.875219085688, 2.838439221715, 0.031844621895, 0.013015698218",
    "Euler, 2, 3.880746930219, 2.824171984077, 0.024227374533, 0.011163079465",
    "Euler, 20, 3.884825211573, 2.813692896851, 0.019004298256, 0.009516555682",
    "ClassicRungeKutta, 2, 3.885218983415, 2.812682984049, 0.018503131791, 0.009330519411"
  })
  void startsFromTheDiscreteGradientOfTheReference(
      String method, int steps, double loss, double state, double parameters, double first) {
    DifferentiatedSolve exact = tanh(new FullStorage(), method, steps);
    assertThat(Math.pow(norm(exact.y1()), 2) / 2).isCloseTo(loss, within(1e-12));
    assertThat(norm(exact.stateGradient())).isCloseTo(state, within(1e-12));
    assertThat(norm(exact.parameterGradient())).isCloseTo(parameters, within(1e-12));
    assertThat(exact.parameterGradient().getDouble(0)).isCloseTo(first, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "Euler, 1, 0.7971967, 0.7174, 4.31e-3",
    "Euler, 2, 0.5264702, 0.9117, 2.16e-3",
    "Euler, 20, 0.0674122, 0.9990, 2.15e-4",
    "ClassicRungeKutta, 2, 3.402401e-6, 1.0000, 6.46e-9"
  })
  void differsFromItAsTheReferenceDoes(
      String method, int steps, double difference, double cosine, double reconstructionError) {
    INDArray exact = tanh(new FullStorage(), method, steps).parameterGradient();
    DifferentiatedSolve reverse = tanh(new ReverseTime(), method, steps);
    INDArray mine = reverse.parameterGradient();
    assertThat(mine.distance2(exact) / norm(exact) / difference).isCloseTo(1, within(1e-6));
    assertThat(mine.mul(exact).sumNumber().doubleValue() / norm(mine) / norm(exact))
        .isCloseTo(cosine, within(1e-4));
    assertThat(reverse.statistics().reconstructionError() / reconstructionError)
        .isCloseTo(1, within(5e-3));
  }

  private DifferentiatedSolve tanh(AdjointStrategy strategy, String method, int steps) {
    StepMethod solver = method.equals("Euler") ? new Euler() : new ClassicRungeKutta();
    return DifferentiatedSolve.of(
        strategy,
        DifferentiatedSolve.problem(new TanhField(), solver, 0, 1, steps, pool),
        TanhField.state(),
        INDArray::dup);
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }
}
