/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StabilityPolynomialTest {
  @Test
  void isTheTaylorPolynomialOfAMethodWithAsManyStagesAsItsOrder() {
    StabilityPolynomial polynomial = Tableaus.classicRungeKutta().stabilityPolynomial();
    double z = -0.7;
    assertThat(polynomial.at(z))
        .isCloseTo(1 + z + z * z / 2 + z * z * z / 6 + z * z * z * z / 24, within(1e-15));
  }

  /** Published real stability intervals. */
  @Test
  void findsTheEndOfTheStabilityInterval() {
    assertThat(new Euler().stabilityRadius()).isCloseTo(2, within(1e-12));
    assertThat(new ClassicRungeKutta().stabilityRadius()).isCloseTo(2.785293563, within(1e-9));
    assertThat(new DormandPrince().stabilityRadius()).isCloseTo(3.3066, within(1e-4));
    assertThat(new Tsitouras().stabilityRadius()).isCloseTo(3.5068, within(1e-4));
  }

  @Test
  void onlyMethodsWithTwoStagesAtTheEndOfAStepEstimateStiffness() {
    assertThat(new Tsitouras().estimatesStiffness()).isTrue();
    assertThat(new DormandPrince().estimatesStiffness()).isTrue();
    assertThat(new BogackiShampine().estimatesStiffness()).isFalse();
    assertThat(new HeunEuler().estimatesStiffness()).isFalse();
    assertThat(new Euler().estimatesStiffness()).isFalse();
  }
}
