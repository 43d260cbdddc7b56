/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anodespark.odelayers.solver.Solved;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepMethodContractTest;
import org.anodespark.odelayers.solver.TestProblem;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The contract of every method, with that of Gill (1951) as the example. */
class CustomRungeKuttaTest extends StepMethodContractTest {
  private static final double ROOT = Math.sqrt(2);

  private final ObjectMapper mapper = NeuralNetConfiguration.mapper();

  CustomRungeKuttaTest() {
    super(gill());
  }

  private static CustomRungeKutta gill() {
    return new CustomRungeKutta(
        4,
        new double[][] {{}, {0.5}, {(ROOT - 1) / 2, (2 - ROOT) / 2}, {0, -ROOT / 2, 1 + ROOT / 2}},
        new double[] {1.0 / 6, (2 - ROOT) / 6, (2 + ROOT) / 6, 1.0 / 6});
  }

  private static CustomRungeKutta heunEuler() {
    return new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {0.5, 0.5})
        .withErrorEstimate(1, -0.5, 0.5);
  }

  /** The pair of Dormand and Prince as a user would write it down. */
  private static CustomRungeKutta dormandPrince() {
    ButcherTableau tableau = Tableaus.dormandPrince();
    return new CustomRungeKutta(5, NamedTableau.rows(tableau), NamedTableau.weights(tableau))
        .withErrorEstimate(
            4, IntStream.range(0, tableau.stages()).mapToDouble(tableau::errorWeight).toArray());
  }

  static Stream<CustomRungeKutta> some() {
    return Stream.of(gill(), heunEuler(), dormandPrince());
  }

  @Test
  void hasTheOrdersAndStagesOfItsCoefficients() {
    assertThat(gill().order()).isEqualTo(4);
    assertThat(gill().stages()).isEqualTo(4);
    assertThat(gill().embeddedOrder()).isZero();
    assertThat(heunEuler().embeddedOrder()).isEqualTo(1);
    assertThat(gill()).hasToString("CustomRungeKutta(order 4, 4 stages)");
  }

  @Test
  void solvesWithTheBitsOfTheNamedMethodOfTheSameCoefficients() {
    AdaptiveSteps control = new AdaptiveSteps(1e-6, 1e-6);
    Solved named = Solved.of(TestProblem.VAN_DER_POL, new DormandPrince(), control);
    Solved custom = Solved.of(TestProblem.VAN_DER_POL, dormandPrince(), control);
    assertThat(custom.end()).isEqualTo(named.end());
    assertThat(custom.grid()).isEqualTo(named.grid());
    assertThat(custom.statistics()).isEqualTo(named.statistics());
  }

  @Test
  void reusesALastSlopeThatIsTheFirstOfTheNextStep() {
    assertThat(dormandPrince().carriedArrays()).isEqualTo(1);
    assertThat(dormandPrince().stages()).isEqualTo(6);
  }

  @Test
  void isRefusedUnderAnotherOrderThanItsOwn() {
    double[][] rows = {{}, {1}};
    double[] weights = {0.5, 0.5};
    assertThatThrownBy(() -> new CustomRungeKutta(3, rows, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[tau, tau]");
    assertThatThrownBy(() -> new CustomRungeKutta(1, rows, weights))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CustomRungeKutta(2, rows, weights).withErrorEstimate(2, -0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isRefusedWithWeightsThatDoNotFit() {
    assertThatThrownBy(
            () -> new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {0.5, 0.4}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannotBeChangedThroughItsArrays() {
    double[][] rows = {{}, {1}};
    double[] weights = {0.5, 0.5};
    CustomRungeKutta method = new CustomRungeKutta(2, rows, weights);
    rows[1][0] = 7;
    weights[0] = 7;
    assertThat(SerializationUtils.roundtrip(method))
        .isEqualTo(new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {0.5, 0.5}));
  }

  @ParameterizedTest
  @MethodSource("some")
  void survivesJson(CustomRungeKutta method) throws IOException {
    StepMethod read = mapper.readValue(mapper.writeValueAsString(method), StepMethod.class);
    assertThat(read).isEqualTo(method).hasSameHashCodeAs(method);
  }

  @Test
  void isWrittenAsItsUserWroteIt() throws IOException {
    assertThat(mapper.readTree(mapper.writeValueAsString(heunEuler())))
        .isEqualTo(
            mapper.readTree(
                """
                {"@class": "org.anodespark.odelayers.solver.rungekutta.CustomRungeKutta",
                 "order": 2, "rows": [[], [1.0]], "weights": [0.5, 0.5],
                 "embeddedOrder": 1, "errorWeights": [-0.5, 0.5]}
                """));
  }

  @ParameterizedTest
  @MethodSource("some")
  void survivesJavaSerialisation(CustomRungeKutta method) {
    CustomRungeKutta copy = SerializationUtils.roundtrip(method);
    assertThat(copy).isEqualTo(method).hasSameHashCodeAs(method);
    assertThat(copy.tableau()).isEqualTo(method.tableau());
  }

  @Test
  void isEqualByItsCoefficients() {
    assertThat(gill()).isEqualTo(gill()).hasSameHashCodeAs(gill());
    assertThat(heunEuler())
        .isNotEqualTo(gill())
        .isNotEqualTo(new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {0.5, 0.5}))
        .isNotEqualTo(new HeunEuler());
  }
}
