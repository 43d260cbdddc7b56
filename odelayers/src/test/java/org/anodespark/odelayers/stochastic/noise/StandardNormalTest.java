/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {
  private static final int NUMBERS = 1_000_000;

  /** Quantiles from SciPy 1.17, {@code scipy.special.ndtri}. */
  @ParameterizedTest
  @CsvSource({
    "1e-300, -37.0470962993612",
    "1e-17, -8.493793224109599",
    "1e-10, -6.361340902404056",
    "1e-5, -4.264890793922825",
    "0.07, -1.4757910281791706",
    "0.076, -1.4325027208258116",
    "0.2, -0.8416212335729142",
    "0.5, 0.0",
    "0.6, 0.2533471031357997",
    "0.9, 1.2815515655446004",
    "0.95, 1.6448536269514722",
    "0.999999, 4.753424308817087"
  })
  void invertsTheDistributionFunction(double probability, double quantile) {
    assertThat(StandardNormal.quantile(probability))
        .isCloseTo(quantile, within(1e-14 * Math.abs(quantile)));
  }

  /** Each limit is five standard deviations of the mean. */
  @Test
  void hasTheMomentsOfTheNormalDistribution() {
    double[] powers = new double[4];
    double neighbours = 0;
    double before = 0;
    for (int i = 0; i < NUMBERS; i++) {
      double number = StandardNormal.number(17, i);
      for (int power = 1; power <= 4; power++) {
        powers[power - 1] += Math.pow(number, power) / NUMBERS;
      }
      neighbours += before * number / NUMBERS;
      before = number;
    }
    double unit = 5 / Math.sqrt(NUMBERS);
    assertThat(powers[0]).isCloseTo(0, within(unit));
    assertThat(powers[1]).isCloseTo(1, within(Math.sqrt(2) * unit));
    assertThat(powers[2]).isCloseTo(0, within(Math.sqrt(15) * unit));
    assertThat(powers[3]).isCloseTo(3, within(Math.sqrt(96) * unit));
    assertThat(neighbours).isCloseTo(0, within(unit));
  }

  @Test
  void givesNeighbouringKeysAndLabelsUnrelatedNumbers() {
    double keys = 0;
    double labels = 0;
    for (int i = 0; i < NUMBERS; i++) {
      double number = StandardNormal.number(StandardNormal.key(3, i), 0);
      keys += number * StandardNormal.number(StandardNormal.key(4, i), 0) / NUMBERS;
      labels += number * StandardNormal.number(StandardNormal.key(3, i + 1), 0) / NUMBERS;
    }
    assertThat(keys).isCloseTo(0, within(5 / Math.sqrt(NUMBERS)));
    assertThat(labels).isCloseTo(0, within(5 / Math.sqrt(NUMBERS)));
  }
}
