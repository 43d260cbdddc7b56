/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Numbers computed by hand; safety 0.9 and bounds 0.2 and 10 unless said. */
class StepFactorTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void isSafetyTimesTheRootOfTheInverseError() {
    assertThat(elementary(5).afterAcceptance(1.0 / 32)).isCloseTo(0.9 * 2, ROUNDING);
    assertThat(elementary(2).afterAcceptance(1.0 / 16)).isCloseTo(0.9 * 4, ROUNDING);
    assertThat(elementary(5).afterAcceptance(1)).isCloseTo(0.9, ROUNDING);
  }

  @Test
  void isBoundedAbove() {
    assertThat(elementary(5).afterAcceptance(1e-10)).isEqualTo(10);
    assertThat(elementary(5).afterAcceptance(0)).isEqualTo(10);
  }

  @Test
  void shortensARejectedStepByTheRootOfItsError() {
    assertThat(elementary(5).afterRejection(32)).isCloseTo(0.45, ROUNDING);
    assertThat(elementary(5).afterRejection(1e10)).isEqualTo(0.2);
  }

  @Test
  void neverLengthensARejectedStep() {
    StepFactor factor = new StepFactor(settings().safety(1).build(), 5);
    assertThat(factor.afterRejection(Math.nextUp(1.0))).isLessThanOrEqualTo(1);
  }

  @Test
  void shortensAStepWhoseErrorIsNoNumberAsFarAsAllowed() {
    assertThat(elementary(5).afterRejection(Double.NaN)).isEqualTo(0.2);
    assertThat(elementary(5).afterRejection(Double.POSITIVE_INFINITY)).isEqualTo(0.2);
  }

  @Test
  void doesNotLengthenTheFirstStepAfterARejection() {
    StepFactor factor = elementary(5);
    factor.afterRejection(32);
    assertThat(factor.afterAcceptance(1.0 / 32)).isEqualTo(1);
    assertThat(factor.afterAcceptance(1.0 / 32)).isCloseTo(1.8, ROUNDING);
  }

  @Test
  void observesTheBoundsThatAreSet() {
    StepFactor factor = new StepFactor(settings().factors(0.5, 2).build(), 5);
    assertThat(factor.afterAcceptance(1e-10)).isEqualTo(2);
    assertThat(factor.afterRejection(1e10)).isEqualTo(0.5);
  }

  /** 2^(10 * 0.7 / 5) = 2^1.4, then 2^(5 * 0.14 - 10 * 0.08) = 2^-0.1. */
  @Test
  void weighsTheErrorBeforeUnderProportionalIntegralControl() {
    StepFactor factor = new StepFactor(settings().coefficients(0.4, 0.3, 0).build(), 5);
    assertThat(factor.afterAcceptance(Math.pow(2, -10))).isCloseTo(0.9 * 2.639015821546, ROUNDING);
    assertThat(factor.afterAcceptance(Math.pow(2, -5))).isCloseTo(0.9 * 0.933032991537, ROUNDING);
  }

  /** 2^2, then 2^(1 - 1.6), then 2^(1 - 0.8 + 0.4). */
  @Test
  void weighsBothErrorsBeforeUnderDerivativeControlToo() {
    StepFactor factor = new StepFactor(settings().coefficients(0.4, 0.4, 0.2).build(), 2);
    assertThat(factor.afterAcceptance(1.0 / 16)).isCloseTo(0.9 * 4, ROUNDING);
    assertThat(factor.afterAcceptance(1.0 / 4)).isCloseTo(0.9 * 0.659753955386, ROUNDING);
    assertThat(factor.afterAcceptance(1.0 / 4)).isCloseTo(0.9 * 1.515716566510, ROUNDING);
  }

  @Test
  void remembersNoErrorBelowATenThousandth() {
    StepFactor factor = new StepFactor(settings().coefficients(1, 1, 0).build(), 2);
    factor.afterAcceptance(0);
    assertThat(factor.afterAcceptance(1e-2)).isCloseTo(0.9 * 100 * 1e-2, ROUNDING);
  }

  @Test
  void startsAnewOnceItHasForgotten() {
    StepFactor factor = new StepFactor(settings().coefficients(0.4, 0.3, 0).build(), 5);
    double first = factor.afterAcceptance(0.25);
    factor.afterRejection(2);
    factor.forget();
    assertThat(factor.afterAcceptance(0.25)).isEqualTo(first);
  }

  private static StepFactor elementary(int order) {
    return new StepFactor(settings().build(), order);
  }

  private static AdaptiveSteps.Builder settings() {
    return new AdaptiveSteps.Builder(1e-3, 1e-6);
  }
}
