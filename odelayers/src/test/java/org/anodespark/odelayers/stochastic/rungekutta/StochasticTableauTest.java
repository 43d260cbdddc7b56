/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StochasticTableauTest {
  private static final double[] NONE = {};

  @Test
  void readsWhatItsStagesAreUsedFor() {
    StochasticTableau milstein = StochasticTableaus.milstein();
    assertThat(milstein.driftEvaluations()).isEqualTo(1);
    assertThat(milstein.diffusionEvaluations()).isEqualTo(2);
    assertThat(milstein.usesNoise(StochasticTableau.INTEGRAL)).isFalse();
    assertThat(milstein.estimatesError()).isFalse();
    assertThat(milstein.orderWithoutNoise()).isEqualTo(1);
    assertThat(StochasticTableaus.sosri().orderWithoutNoise()).isEqualTo(2);
  }

  /** The nodes that Rackauckas and Nie publish beside the coefficients. */
  @Test
  void hasTheRowSumsForNodes() {
    StochasticTableau sosri = StochasticTableaus.sosri();
    assertThat(sosri.c0(3)).isCloseTo(3.7504010171562823, within(1e-14));
    assertThat(sosri.c1(2)).isCloseTo(0.05879875232001766, within(1e-14));
    StochasticTableau sosri2 = StochasticTableaus.sosri2();
    assertThat(sosri2.c0(2)).isCloseTo(1, within(1e-14));
    assertThat(sosri2.c0(3)).isCloseTo(1, within(1e-14));
  }

  @Test
  void refusesTheMethodOfEulerAndMaruyamaAsOneOfOrderOne() {
    assertThatThrownBy(() -> oneStage(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta2 B1 e = 1.0 is not met: it is 0.0");
  }

  @Test
  void refusesAWrongWeight() {
    assertThatThrownBy(() -> oneStage(0.5, 0.9)).hasMessageContaining("sum of alpha = 1.0");
  }

  /** Milstein's tableau with the difference of g halved. */
  @Test
  void refusesOrderOneForAWrongDigit() {
    assertThatThrownBy(
            () ->
                new StochasticTableau(
                    1,
                    new double[][] {NONE, {0}},
                    new double[][] {NONE, {1}},
                    new double[][] {NONE, {0}},
                    new double[][] {NONE, {0.5}},
                    new double[] {1, 0},
                    new double[][] {{1, 0}, {-1, 1}, {0, 0}, {0, 0}}))
        .hasMessageContaining("beta2 B1 e = 1.0 is not met: it is 0.5");
  }

  private static StochasticTableau oneStage(double order, double weight) {
    double[][] empty = {NONE};
    return new StochasticTableau(
        order,
        empty,
        empty,
        empty,
        empty,
        new double[] {weight},
        new double[][] {{1}, {0}, {0}, {0}});
  }
}
