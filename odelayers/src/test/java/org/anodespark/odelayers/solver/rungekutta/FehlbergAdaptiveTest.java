/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.anodespark.odelayers.solver.AdaptiveMethodContractTest;
import org.junit.jupiter.api.Test;

/**
 * A pair of one's own, which goes on with the lower of its two orders: that of Fehlberg, "Low-order
 * classical Runge-Kutta formulas with stepsize control", NASA TR R-315, 1969.
 */
class FehlbergAdaptiveTest extends AdaptiveMethodContractTest {
  private static final double[][] ROWS = {
    {},
    {1.0 / 4},
    {3.0 / 32, 9.0 / 32},
    {1932.0 / 2197, -7200.0 / 2197, 7296.0 / 2197},
    {439.0 / 216, -8, 3680.0 / 513, -845.0 / 4104},
    {-8.0 / 27, 2, -3544.0 / 2565, 1859.0 / 4104, -11.0 / 40}
  };
  private static final double[] FOURTH = {25.0 / 216, 0, 1408.0 / 2565, 2197.0 / 4104, -1.0 / 5, 0};
  private static final double[] FIFTH = {
    16.0 / 135, 0, 6656.0 / 12825, 28561.0 / 56430, -9.0 / 50, 2.0 / 55
  };

  FehlbergAdaptiveTest() {
    super(fehlberg(), 1e-10, 1e-6);
  }

  private static CustomRungeKutta fehlberg() {
    double[] difference = FOURTH.clone();
    Arrays.setAll(difference, i -> FOURTH[i] - FIFTH[i]);
    return new CustomRungeKutta(4, ROWS, FOURTH).withErrorEstimate(5, difference);
  }

  @Test
  void hasAnEmbeddedOrderAboveItsOwn() {
    assertThat(fehlberg().order()).isEqualTo(4);
    assertThat(fehlberg().embeddedOrder()).isEqualTo(5);
  }
}
