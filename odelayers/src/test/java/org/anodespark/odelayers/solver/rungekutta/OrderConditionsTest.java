/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderConditionsTest {
  private static final RootedTree TAU = RootedTree.of();
  private static final RootedTree CHAIN = RootedTree.of(TAU);

  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void methodHasTheOrderOfTheLiteratureAndNoMore(NamedTableau named) {
    ButcherTableau tableau = named.tableau();
    assertThat(provenOrder(tableau, NamedTableau.weights(tableau))).isEqualTo(named.order);
    assertThat(tableau.order()).isEqualTo(named.order);
  }

  @ParameterizedTest
  @EnumSource(names = {"HEUN_EULER", "BOGACKI_SHAMPINE", "DORMAND_PRINCE", "TSITOURAS"})
  void embeddedMethodHasTheOrderOfTheLiteratureAndNoMore(NamedTableau named) {
    ButcherTableau tableau = named.tableau();
    assertThat(provenOrder(tableau, NamedTableau.embeddedWeights(tableau)))
        .isEqualTo(named.embeddedOrder);
    assertThat(tableau.embeddedOrder()).isEqualTo(named.embeddedOrder);
  }

  @Test
  void elementaryWeightsAreTheSumsWrittenByHand() {
    ButcherTableau tableau = Tableaus.dormandPrince();
    double[] b = NamedTableau.weights(tableau);
    double[] c = NamedTableau.nodes(tableau);
    double[][] a = NamedTableau.rows(tableau);
    double cherry = 0; // sum of b_i c_i a_ij c_j
    double tall = 0; // sum of b_i a_ij a_jk c_k
    for (int i = 0; i < b.length; i++) {
      for (int j = 0; j < i; j++) {
        cherry += b[i] * c[i] * a[i][j] * c[j];
        for (int k = 0; k < j; k++) {
          tall += b[i] * a[i][j] * a[j][k] * c[k];
        }
      }
    }
    OrderConditions conditions = new OrderConditions(a, c);
    assertThat(conditions.elementaryWeight(RootedTree.of(TAU, CHAIN), b))
        .isCloseTo(cherry, within(1e-15));
    assertThat(conditions.elementaryWeight(RootedTree.of(RootedTree.of(CHAIN)), b))
        .isCloseTo(tall, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource(NamedTableau.class)
  void toleranceIsFarAboveRoundingAndFarBelowAMissedCondition(NamedTableau named) {
    ButcherTableau tableau = named.tableau();
    for (int order = 1; order <= named.order; order++) {
      assertThat(defect(tableau, order)).isLessThan(OrderConditions.TOLERANCE / 1e4);
    }
    assertThat(defect(tableau, named.order + 1)).isGreaterThan(OrderConditions.TOLERANCE * 1e5);
  }

  /** How far the conditions of one order are missed, at most. */
  private static double defect(ButcherTableau tableau, int order) {
    OrderConditions conditions =
        new OrderConditions(NamedTableau.rows(tableau), NamedTableau.nodes(tableau));
    return RootedTree.upTo(order).get(order - 1).stream()
        .mapToDouble(
            tree ->
                Math.abs(
                    conditions.elementaryWeight(tree, NamedTableau.weights(tableau))
                        - 1.0 / tree.density()))
        .max()
        .orElseThrow();
  }

  @Test
  void aShiftedNodeCostsAllOrdersButTheFirst() {
    ButcherTableau tableau = Tableaus.classicRungeKutta();
    double[] shifted = {0, 0, 1.0 / 2, 1.0 / 2};
    assertThat(
            OrderConditions.provenOrder(
                NamedTableau.rows(tableau), NamedTableau.weights(tableau), shifted))
        .isEqualTo(1);
  }

  @Test
  void weightsThatDoNotSumToOneHaveNoOrder() {
    assertThat(OrderConditions.provenOrder(new double[][] {{}}, new double[] {0.9}, new double[1]))
        .isZero();
  }

  @Test
  void aWeightThatIsNotANumberHasNoOrder() {
    assertThat(
            OrderConditions.provenOrder(
                new double[][] {{}}, new double[] {Double.NaN}, new double[1]))
        .isZero();
  }

  @Test
  void theFirstTreeThatEulerMissesIsTheChainOfTwo() {
    OrderConditions conditions = new OrderConditions(new double[][] {{}}, new double[1]);
    List<OrderConditions.Quadrature> euler =
        List.of(new OrderConditions.Quadrature(1, new double[] {1}));
    assertThat(conditions.firstViolation(1, euler)).isEmpty();
    assertThat(conditions.firstViolation(2, euler))
        .contains(new OrderConditions.Violation(CHAIN, 1, 0, 0.5));
  }

  @Test
  void theMethodOfCooperAndVernerHasOrderEight() {
    ButcherTableau tableau = cooperVerner();
    assertThat(provenOrder(tableau, NamedTableau.weights(tableau))).isEqualTo(8);
  }

  /** Cooper and Verner, SIAM Journal on Numerical Analysis 9, 1972. */
  private static ButcherTableau cooperVerner() {
    double s = Math.sqrt(21);
    double late = (7 + s) / 14;
    double early = (7 - s) / 14;
    return ButcherTableau.ofOrder(8)
        .stage(0)
        .stage(0.5, 0.5)
        .stage(0.5, 0.25, 0.25)
        .stage(late, 1.0 / 7, (-7 - 3 * s) / 98, (21 + 5 * s) / 49)
        .stage(late, (11 + s) / 84, 0, (18 + 4 * s) / 63, (21 - s) / 252)
        .stage(0.5, (5 + s) / 48, 0, (9 + s) / 36, (-231 + 14 * s) / 360, (63 - 7 * s) / 80)
        .stage(
            early,
            (10 - s) / 42,
            0,
            (-432 + 92 * s) / 315,
            (633 - 145 * s) / 90,
            (-504 + 115 * s) / 70,
            (63 - 13 * s) / 35)
        .stage(early, 1.0 / 14, 0, 0, 0, (14 - 3 * s) / 126, (13 - 3 * s) / 63, 1.0 / 9)
        .stage(
            0.5,
            1.0 / 32,
            0,
            0,
            0,
            (91 - 21 * s) / 576,
            11.0 / 72,
            (-385 - 75 * s) / 1152,
            (63 + 13 * s) / 128)
        .stage(
            late,
            1.0 / 14,
            0,
            0,
            0,
            1.0 / 9,
            (-733 - 147 * s) / 2205,
            (515 + 111 * s) / 504,
            (-51 - 11 * s) / 56,
            (132 + 28 * s) / 245)
        .stage(
            1,
            0,
            0,
            0,
            0,
            (-42 + 7 * s) / 18,
            (-18 + 28 * s) / 45,
            (-273 - 53 * s) / 72,
            (301 + 53 * s) / 72,
            (28 - 28 * s) / 45,
            (49 - 7 * s) / 18)
        .weights(1.0 / 20, 0, 0, 0, 0, 0, 0, 49.0 / 180, 16.0 / 45, 49.0 / 180, 1.0 / 20)
        .build();
  }

  private static int provenOrder(ButcherTableau tableau, double[] weights) {
    return OrderConditions.provenOrder(
        NamedTableau.rows(tableau), weights, NamedTableau.nodes(tableau));
  }
}
