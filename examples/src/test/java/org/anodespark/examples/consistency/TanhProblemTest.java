/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import org.anodespark.examples.field.LossGradient;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TanhProblemTest {
  private static final Map<String, StepMethod> METHODS =
      Map.of(
          "Euler", new Euler(),
          "midpoint", new ExplicitMidpoint(),
          "RK4", new ClassicRungeKutta());

  /** Reference numbers made once in an independent program. */
  @ParameterizedTest
  @CsvSource({
    "Euler, 1, 3.875219085688, 2.838439221715, 0.031844621895, 0.013015698218",
    "Euler, 2, 3.880746930219, 2.824171984077, 0.024227374533, 0.011163079465",
    "Euler, 20, 3.884825211573, 2.813692896851, 0.019004298256, 0.009516555682",
    "RK4, 2, 3.885218983415, 2.812682984049, 0.018503131791, 0.009330519411",
  })
  void hasTheDiscreteGradientOfTheReferenceNumbers(
      String method, int steps, double loss, double stateNorm, double norm, double first) {
    LossGradient gradient = TanhProblem.inconsistency(METHODS.get(method), steps).discrete();
    assertThat(gradient.loss()).isCloseTo(loss, within(1e-11));
    assertThat(gradient.state().norm2Number().doubleValue()).isCloseTo(stateNorm, within(1e-11));
    assertThat(gradient.parameters().norm2Number().doubleValue()).isCloseTo(norm, within(1e-11));
    assertThat(gradient.parameters().getDouble(0)).isCloseTo(first, within(1e-11));
  }

  @ParameterizedTest
  @CsvSource({
    "Euler, 1, 0.7971967, 4.31e-3",
    "Euler, 2, 0.5264702, 2.16e-3",
    "Euler, 20, 0.0674122, 2.15e-4",
    "RK4, 2, 3.402401e-6, 6.46e-9",
  })
  void isAsInconsistentAsTheReferenceNumbersSay(
      String method, int steps, double error, double reconstruction) {
    Inconsistency inconsistency = TanhProblem.inconsistency(METHODS.get(method), steps);
    assertThat(inconsistency.relativeError()).isCloseTo(error, withinPercentage(1e-4));
    assertThat(inconsistency.reconstructionError())
        .isCloseTo(reconstruction, withinPercentage(0.3));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.7174", "2, 0.9117", "20, 0.9990"})
  void pointsElsewhereWithEulerSteps(int steps, double cosine) {
    assertThat(TanhProblem.inconsistency(new Euler(), steps).cosine())
        .isCloseTo(cosine, within(5e-5));
  }

  @ParameterizedTest
  @CsvSource({"Euler, 64, 1", "midpoint, 32, 2", "RK4, 32, 4"})
  void becomesConsistentWithTheOrderOfTheMethod(String method, int steps, double slope) {
    double coarse = TanhProblem.inconsistency(METHODS.get(method), steps).relativeError();
    double fine = TanhProblem.inconsistency(METHODS.get(method), 2 * steps).relativeError();
    assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(slope, within(0.1));
  }
}
