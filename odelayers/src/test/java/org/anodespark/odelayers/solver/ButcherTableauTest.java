/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ButcherTableauTest {
  @Test
  void refusesARowThatDoesNotSumToItsNode() {
    assertThatThrownBy(
            () ->
                new ButcherTableau(
                    new double[][] {{}, {0.5}}, new double[] {0, 1}, new double[] {0, 0.25}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 1 sums to 0.5, expected 0.25.");
  }

  @Test
  void refusesWeightsThatDoNotSumToOne() {
    assertThatThrownBy(
            () -> new ButcherTableau(new double[][] {{}}, new double[] {0.9}, new double[] {0}))
        .hasMessage("The list of weights sums to 0.9, expected 1.0.");
  }

  @Test
  void refusesARowThatReachesTheDiagonal() {
    assertThatThrownBy(
            () -> new ButcherTableau(new double[][] {{0.0}}, new double[] {1}, new double[] {0}))
        .hasMessageContaining("Row 0 of an explicit tableau has 0 entries, found 1");
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThatThrownBy(
            () -> new ButcherTableau(new double[][] {{}}, new double[] {0.5, 0.5}, new double[1]))
        .hasMessageContaining("2 weights needs as many rows and nodes, found 1 rows and 1 nodes");
  }
}
