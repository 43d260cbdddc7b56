/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseWeightsTest {
  private static final double[][] TSITOURAS_POLYNOMIALS = {
    {1, -2.763706197274826, 2.9132554618219126, -1.0530884977290216},
    {0, 0.1317, -0.2234, 0.1017},
    {0, 3.9302962368947516, -5.941033872131505, 2.490627285651253},
    {0, -12.411077166933676, 30.33818863028232, -16.548102889244902},
    {0, 37.50931341651104, -88.1789048947664, 47.37952196281928},
    {0, -27.896526289197286, 65.09189467479366, -34.87065786149661},
    {0, 1.5, -4, 2.5}
  };

  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void existExactlyForThePairs(NamedTableau named) {
    assertThat(named.tableau().denseWeights().map(DenseWeights::order).orElse(NamedTableau.NONE))
        .isEqualTo(named.denseOrder);
  }

  @ParameterizedTest
  @EnumSource(names = {"HEUN_EULER", "BOGACKI_SHAMPINE", "DORMAND_PRINCE", "TSITOURAS"})
  void fulfilTheContinuousOrderConditionsAllOverTheStep(NamedTableau named) {
    ButcherTableau tableau = named.tableau();
    OrderConditions conditions =
        new OrderConditions(NamedTableau.rows(tableau), NamedTableau.nodes(tableau));
    for (List<RootedTree> trees : RootedTree.upTo(named.denseOrder)) {
      for (RootedTree tree : trees) {
        for (int point = 0; point <= 20; point++) {
          double theta = point / 20.0;
          assertThat(conditions.elementaryWeight(tree, weights(tableau, theta)))
              .as("%s at %s", tree, theta)
              .isCloseTo(Math.pow(theta, tree.order()) / tree.density(), within(1e-14));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HEUN_EULER", "BOGACKI_SHAMPINE", "DORMAND_PRINCE", "TSITOURAS"})
  void missAConditionOfTheNextOrderInsideTheStep(NamedTableau named) {
    ButcherTableau tableau = named.tableau();
    OrderConditions conditions =
        new OrderConditions(NamedTableau.rows(tableau), NamedTableau.nodes(tableau));
    double theta = 0.5;
    assertThat(RootedTree.upTo(named.denseOrder + 1).get(named.denseOrder))
        .anySatisfy(
            tree ->
                assertThat(
                        conditions.elementaryWeight(tree, weights(tableau, theta))
                            - Math.pow(theta, tree.order()) / tree.density())
                    .matches(defect -> Math.abs(defect) > 1e-5));
  }

  @ParameterizedTest
  @EnumSource(names = {"HEUN_EULER", "BOGACKI_SHAMPINE", "DORMAND_PRINCE", "TSITOURAS"})
  void meetBothEndsOfTheStepBitForBit(NamedTableau named) {
    ButcherTableau tableau = named.tableau();
    DenseWeights dense = dense(tableau);
    for (int stage = 0; stage < tableau.stages(); stage++) {
      assertThat(bits(dense.weight(stage, 0))).isEqualTo(bits(0.0));
      assertThat(bits(dense.weight(stage, 1))).isEqualTo(bits(tableau.b(stage)));
    }
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @ParameterizedTest
  @EnumSource(names = {"HEUN_EULER", "BOGACKI_SHAMPINE", "DORMAND_PRINCE", "TSITOURAS"})
  void leaveTheStartWithTheSlopeOfTheFirstStage(NamedTableau named) {
    DenseWeights dense = dense(named.tableau());
    for (int stage = 0; stage < dense.stages(); stage++) {
      assertThat(slope(dense, stage, 0)).isCloseTo(stage == 0 ? 1 : 0, within(1e-11));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HEUN_EULER", "BOGACKI_SHAMPINE", "DORMAND_PRINCE", "TSITOURAS"})
  void reachTheEndWithTheSlopeOfTheLastStage(NamedTableau named) {
    DenseWeights dense = dense(named.tableau());
    for (int stage = 0; stage < dense.stages(); stage++) {
      assertThat(slope(dense, stage, 1))
          .isCloseTo(stage == dense.stages() - 1 ? 1 : 0, within(1e-11));
    }
  }

  /** The five-point difference, exact for polynomials of degree 4. */
  private static double slope(DenseWeights dense, int stage, double theta) {
    double h = 0.25;
    return (dense.weight(stage, theta - 2 * h)
            - 8 * dense.weight(stage, theta - h)
            + 8 * dense.weight(stage, theta + h)
            - dense.weight(stage, theta + 2 * h))
        / (12 * h);
  }

  @Test
  void reproduceThePolynomialsThatTsitourasPublished() {
    DenseWeights dense = dense(Tableaus.tsitouras());
    for (int stage = 0; stage < TSITOURAS_POLYNOMIALS.length; stage++) {
      for (int point = 0; point <= 20; point++) {
        double theta = point / 20.0;
        double expected = 0;
        for (int power = 4; power >= 1; power--) {
          expected = theta * (expected + TSITOURAS_POLYNOMIALS[stage][power - 1]);
        }
        assertThat(dense.weight(stage, theta)).isCloseTo(expected, within(1e-13));
      }
    }
  }

  @Test
  void ofHeunAndEulerAreAParabola() {
    DenseWeights dense = dense(Tableaus.heunEuler());
    assertThat(dense.weight(0, 0.5)).isEqualTo(0.5 - 0.125);
    assertThat(dense.weight(1, 0.5)).isEqualTo(0.125);
  }

  @Test
  void areEqualByTheirNumbers() {
    double[] weights = {0.5, 0.5};
    DenseWeights another = DenseWeights.hermite(2, weights);
    assertThat(DenseWeights.hermite(2, weights))
        .isEqualTo(another)
        .hasSameHashCodeAs(another)
        .isNotEqualTo(DenseWeights.hermite(3, weights))
        .isNotEqualTo(DenseWeights.hermite(2, weights, 1, -1))
        .isNotEqualTo(DenseWeights.hermite(2, new double[] {0.25, 0.75}));
  }

  @Test
  void nameTheirNumbers() {
    assertThat(DenseWeights.of(1, new double[] {1}, new double[] {0}))
        .hasToString("DenseWeights(order=1, weights=[1.0], corrections=[[0.0]])");
  }

  @Test
  void refuseAnotherNumberOfCorrections() {
    assertThatThrownBy(() -> DenseWeights.of(1, new double[] {0.5, 0.5}, new double[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dense weights of 2 stages need one row of corrections for each, found 1 rows.");
  }

  @Test
  void refuseAHermitePolynomialOfOneStage() {
    assertThatThrownBy(() -> DenseWeights.hermite(1, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A Hermite polynomial needs the slopes of 2 stages, found 1 stages.");
  }

  @Test
  void refuseABubbleOfOtherStages() {
    assertThatThrownBy(() -> DenseWeights.hermite(3, new double[] {0.5, 0.5}, 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The bubble needs no coefficient or one for each of 2 stages, found 3.");
  }

  @Test
  void refuseNumbersThatAreNotFinite() {
    assertThatThrownBy(() -> DenseWeights.of(1, new double[] {Double.NaN}, new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A weight of the dense output is NaN, expected a finite number.");
    assertThatThrownBy(
            () -> DenseWeights.of(1, new double[] {1}, new double[] {Double.POSITIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A coefficient of the dense output is Infinity, expected a finite number.");
  }

  private static DenseWeights dense(ButcherTableau tableau) {
    return tableau.denseWeights().orElseThrow();
  }

  private static double[] weights(ButcherTableau tableau, double theta) {
    return dense(tableau).weights(theta);
  }
}
