/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ButcherTableauTest {
  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void hasTheStagesOfTheLiterature(NamedTableau named) {
    assertThat(named.tableau().stages()).isEqualTo(named.stages);
  }

  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void knowsWhetherItsLastStageIsTheFirstOfTheNextStep(NamedTableau named) {
    assertThat(named.tableau().firstSameAsLast()).isEqualTo(named.firstSameAsLast);
  }

  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void knowsWhetherItEstimatesItsError(NamedTableau named) {
    assertThat(named.tableau().hasErrorWeights())
        .isEqualTo(named.embeddedOrder != NamedTableau.NONE);
  }

  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void equalsAnotherOneWithTheSameNumbers(NamedTableau named) {
    ButcherTableau another = named.tableau();
    assertThat(named.tableau()).isNotSameAs(another).isEqualTo(another).hasSameHashCodeAs(another);
  }

  @Test
  void differsFromEveryOtherMethod() {
    for (NamedTableau one : NamedTableau.values()) {
      for (NamedTableau other : NamedTableau.values()) {
        assertThat(one.tableau().equals(other.tableau())).isEqualTo(one == other);
      }
    }
  }

  @Test
  void doesNotChangeWhenTheArraysItWasBuiltFromDo() {
    double[] row = {1};
    double[] weights = {0.5, 0.5};
    ButcherTableau.Builder builder =
        ButcherTableau.ofOrder(2).stage(0).stage(1, row).weights(weights);
    row[0] = 7;
    weights[0] = 7;
    assertThat(builder.build()).isEqualTo(Tableaus.heun());
  }

  @Test
  void drawsItselfAsBooksDo() {
    assertThat(Tableaus.kuttaThirdOrder())
        .hasToString(
            """
            Order 3, 3 stages
            0.0 |
            0.5 |  0.5
            1.0 |  -1.0                 2.0
            ----+--------------------------------------------------------------
            b   |  0.16666666666666666  0.6666666666666666  0.16666666666666666""");
  }

  @Test
  void drawsTheErrorWeightsBelowTheWeights() {
    assertThat(Tableaus.heunEuler())
        .hasToString(
            """
            Order 2(1), 2 stages, dense output of order 2
            0.0   |
            1.0   |  1.0
            ------+-----------
            b     |  0.5   0.5
            error |  -0.5  0.5""");
  }

  @Test
  void saysThatItsLastStageIsTheFirstOfTheNextStep() {
    assertThat(Tableaus.bogackiShampine().toString())
        .startsWith("Order 3(2), 4 stages, first same as last, dense output of order 3\n");
  }

  @Test
  void anErrorWeightWithoutAnEmbeddedMethodIsAnError() {
    String message =
        "This tableau has no embedded method: ask hasErrorWeights() first, or take a pair such as"
            + " Dormand-Prince 5(4).";
    ButcherTableau euler = Tableaus.euler();
    assertThatThrownBy(() -> euler.errorWeight(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(euler::embeddedOrder)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void refusesATableauWithoutStages() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).weights(1).build(),
        "A tableau needs at least 1 stage, found none.");
  }

  @Test
  void refusesAnotherNumberOfWeights() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(0).weights(0.5, 0.5).build(),
        "A tableau of 1 stages needs as many weights, found 2.");
  }

  @Test
  void refusesMissingWeights() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(0).build(),
        "A tableau of 1 stages needs as many weights, found 0.");
  }

  @Test
  void refusesARowThatReachesTheDiagonal() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(1, 1).weights(1).build(),
        "Row 0 (counted from 0) has 1 entries, expected 0: in an explicit method each row has one"
            + " entry for each earlier stage.");
  }

  @Test
  void refusesANodeThatIsNotFinite() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(Double.NaN).weights(1).build(),
        "The list of nodes has the entries [NaN], expected finite numbers.");
  }

  @Test
  void refusesARowThatIsNotFinite() {
    assertRefused(
        () ->
            ButcherTableau.ofOrder(2)
                .stage(0)
                .stage(0.5, Double.POSITIVE_INFINITY)
                .weights(0, 1)
                .build(),
        "Row 1 (counted from 0) has the entries [Infinity], expected finite numbers.");
  }

  @Test
  void refusesAWeightThatIsNotFinite() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(0).weights(Double.NaN).build(),
        "The list of weights has the entries [NaN], expected finite numbers.");
  }

  @Test
  void refusesANodeThatIsNotTheSumOfItsRow() {
    assertRefused(
        () ->
            ButcherTableau.ofOrder(4)
                .stage(0)
                .stage(0.0, 0.5)
                .stage(0.5, 0, 0.5)
                .stage(0.5, 0, 0, 1)
                .weights(1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6)
                .build(),
        "Row 1 (counted from 0) sums to 0.5, expected 0.0, its node.");
  }

  @Test
  void refusesWeightsThatDoNotSumToOne() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(0).weights(0.9).build(),
        "The list of weights sums to 0.9, expected 1.0, so that constant slopes are followed"
            + " exactly.");
  }

  @Test
  void refusesAClaimBeyondTheOrdersThatAreProven() {
    assertRefused(
        () -> ButcherTableau.ofOrder(9).stage(0).weights(1).build(),
        "The method claims order 9, expected 1 to 8, the orders that are proven here.");
    assertRefused(
        () -> ButcherTableau.ofOrder(0).stage(0).weights(1).build(),
        "The method claims order 0, expected 1 to 8, the orders that are proven here.");
  }

  @Test
  void namesTheTreeWhoseConditionTwoSlightlyWrongWeightsBreak() {
    assertRefused(
        () ->
            ButcherTableau.ofOrder(4)
                .stage(0)
                .stage(0.5, 0.5)
                .stage(0.5, 0, 0.5)
                .stage(1, 0, 0, 1)
                .weights(1.0 / 6, 1.0 / 3 - 1.0 / 1024, 1.0 / 3 + 1.0 / 1024, 1.0 / 6)
                .build(),
        "The method claims order 4, but the order condition of the rooted tree [[tau]] fails: its"
            + " elementary weight is 0.16691080729166666, expected 0.16666666666666666. Correct"
            + " the coefficients or claim order 2.");
  }

  @Test
  void refusesAnErrorInTheNinthDigit() {
    assertThatThrownBy(
            () ->
                ButcherTableau.ofOrder(4)
                    .stage(0)
                    .stage(0.5, 0.5)
                    .stage(0.5, 0, 0.5)
                    .stage(1, 0, 0, 1)
                    .weights(1.0 / 6, 1.0 / 3 - 1e-9, 1.0 / 3 + 1e-9, 1.0 / 6)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the rooted tree [[tau]] fails");
  }

  @Test
  void refusesAMethodThatClaimsOneOrderTooMany() {
    assertRefused(
        () ->
            ButcherTableau.ofOrder(4)
                .stage(0)
                .stage(0.5, 0.5)
                .stage(1, -1, 2)
                .weights(1.0 / 6, 2.0 / 3, 1.0 / 6)
                .build(),
        "The method claims order 4, but the order condition of the rooted tree [tau, [tau]] fails:"
            + " its elementary weight is 0.16666666666666666, expected 0.125. Correct the"
            + " coefficients or claim order 3.");
  }

  @Test
  void refusesAMethodThatClaimsTooLittle() {
    assertRefused(
        () -> ButcherTableau.ofOrder(1).stage(0).stage(0.5, 0.5).weights(0, 1).build(),
        "The method claims order 1, but it has order 2: claim that.");
  }

  @Test
  void refusesAnotherNumberOfErrorWeights() {
    assertRefused(
        () -> heun().errorWeights(1, -0.5, 0.25, 0.25).build(),
        "A tableau of 2 stages needs as many error weights, found 3.");
  }

  @Test
  void refusesAnErrorWeightThatIsNotFinite() {
    assertRefused(
        () -> heun().errorWeights(1, Double.NaN, 0.5).build(),
        "The list of error weights has the entries [NaN, 0.5], expected finite numbers.");
  }

  @Test
  void refusesErrorWeightsThatDoNotSumToZero() {
    assertRefused(
        () -> heun().errorWeights(1, 1, 0).build(),
        "The list of error weights sums to 1.0, expected 0.0, so that constant slopes give no"
            + " error.");
  }

  @Test
  void refusesErrorWeightsThatAreAllZero() {
    assertRefused(
        () -> heun().errorWeights(2, 0, 0).build(),
        "All error weights are 0, which estimates no error: leave them out, or give the weights"
            + " less those of the embedded method.");
  }

  @Test
  void refusesAnEmbeddedOrderThatTheEmbeddedMethodDoesNotHave() {
    assertRefused(
        () -> heun().errorWeights(2, -0.5, 0.5).build(),
        "The embedded method claims order 2, but the order condition of the rooted tree [tau]"
            + " fails: its elementary weight is 0.0, expected 0.5. Correct the coefficients or"
            + " claim order 1.");
  }

  @Test
  void refusesDenseWeightsOfOtherStages() {
    assertRefused(
        () -> heun().denseWeights(DenseWeights.of(1, new double[] {1}, new double[] {0})).build(),
        "The dense weights are for 1 stages, expected 2, the stages of the tableau.");
  }

  @Test
  void refusesDenseWeightsThatMissTheEndOfTheStep() {
    assertRefused(
        () -> heun().denseWeights(line(0.25, 0.75)).build(),
        "The dense weight of stage 0 is 0.25 at the end of the step, expected the weight 0.5:"
            + " build the dense weights from the weights of the tableau.");
  }

  @Test
  void refusesADenseOrderThatTheWeightsDoNotHave() {
    assertRefused(
        () ->
            heun()
                .denseWeights(
                    DenseWeights.of(2, new double[] {0.5, 0.5}, new double[1], new double[1]))
                .build(),
        "The dense output claims order 2, but the order condition of the rooted tree [tau] at theta"
            + " = 0.1111111111111111 fails: its elementary weight is 0.05555555555555555, expected"
            + " 0.006172839506172839. Correct the coefficients or claim order 1.");
  }

  @Test
  void refusesADenseOutputThatDoesNotFollowConstantSlopes() {
    assertRefused(
        () ->
            heun()
                .denseWeights(
                    DenseWeights.of(1, new double[] {0.5, 0.5}, new double[] {1}, new double[1]))
                .build(),
        "The dense output claims order 1, but the order condition of the rooted tree tau at theta"
            + " = 0.1111111111111111 fails: its elementary weight is 0.20987654320987653, expected"
            + " 0.1111111111111111. Correct the coefficients.");
  }

  @Test
  void refusesADenseOrderThatIsTooModest() {
    assertRefused(
        () ->
            heun()
                .denseWeights(
                    DenseWeights.of(
                        1, new double[] {0.5, 0.5}, new double[] {0.5}, new double[] {-0.5}))
                .build(),
        "The dense output claims order 1, but it has order 2: claim that.");
  }

  private static ButcherTableau.Builder heun() {
    return ButcherTableau.ofOrder(2).stage(0).stage(1, 1).weights(0.5, 0.5);
  }

  private static DenseWeights line(double first, double second) {
    return DenseWeights.of(1, new double[] {first, second}, new double[1], new double[1]);
  }

  private static void assertRefused(ThrowingCallable build, String message) {
    assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
