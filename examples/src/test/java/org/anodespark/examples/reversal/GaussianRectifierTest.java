/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianRectifierTest {
  private static final int SIZE = 100;
  private static final StepControl ADAPTIVE = new AdaptiveSteps(1e-3, 1e-6);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void cannotBeReversedWithTheWeightsAsDrawn(long seed) {
    Reversal reversal = new GaussianRectifier(SIZE, seed).raw(new DormandPrince(), ADAPTIVE);
    assertThat(reversal.error()).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void canBeReversedWithWeightsOfNormOne(long seed) {
    Reversal reversal = new GaussianRectifier(SIZE, seed).unitNorm(new DormandPrince(), ADAPTIVE);
    assertThat(reversal.error()).isLessThan(1e-2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isFarFromReversibleWithAHundredEulerSteps(long seed) {
    Reversal reversal = new GaussianRectifier(SIZE, seed).raw(new Euler(), new FixedSteps(100));
    assertThat(reversal.error()).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hasANormOfAboutTwiceTheRootOfItsSize(long seed) {
    assertThat(new GaussianRectifier(SIZE, seed).spectralNorm())
        .isCloseTo(2 * Math.sqrt(SIZE), withinPercentage(10));
  }
}
