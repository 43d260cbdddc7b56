/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarRectifierTest {
  private static final double LAMBDA = 10;

  @ParameterizedTest
  @CsvSource({
    "2, 5",
    "5, 2",
    "10, 1",
    "20, 0.9968",
    "100, 0.6340",
    "1000, 0.09517",
  })
  void losesItsStartWithEulerSteps(int steps, BigDecimal error) {
    assertThat(error(new Euler(), steps))
        .isCloseTo(error.doubleValue(), within(error.ulp().doubleValue()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 11, 20, 100, 1000})
  void losesItsStartWithEulerStepsAsTheClosedFormSays(int steps) {
    assertThat(error(new Euler(), steps))
        .isCloseTo(ScalarRectifier.eulerError(LAMBDA, steps), within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 341.2",
    "5, 3124",
    "10, 8.313",
    "20, 0.3635",
    "100, 2.503e-3",
    "1000, 2.5e-6",
  })
  void losesItsStartWithMidpointSteps(int steps, BigDecimal error) {
    assertThat(error(new ExplicitMidpoint(), steps))
        .isCloseTo(error.doubleValue(), within(error.ulp().doubleValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2.5",
    "5, 1.0",
    "10, 0.1677",
    "20, 4.485e-3",
    "100, 1.391e-6",
    "1000, 1.39e-11",
  })
  void losesItsStartWithClassicalSteps(int steps, BigDecimal error) {
    assertThat(error(new ClassicRungeKutta(), steps))
        .isCloseTo(error.doubleValue(), within(error.ulp().doubleValue()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-9})
  void losesAllOfItsStartAtAnyToleranceIfItIsStiff(double tolerance) {
    Reversal reversal =
        ScalarRectifier.reversal(
            100, new DormandPrince(), new AdaptiveSteps(tolerance, tolerance * 1e-3));
    assertThat(reversal.error()).isCloseTo(1.0, within(1e-3));
  }

  @Test
  void keepsItsStartWithAdaptiveStepsIfItIsNotStiff() {
    Reversal coarse =
        ScalarRectifier.reversal(LAMBDA, new DormandPrince(), new AdaptiveSteps(1e-3, 1e-6));
    Reversal fine =
        ScalarRectifier.reversal(LAMBDA, new DormandPrince(), new AdaptiveSteps(1e-6, 1e-9));
    assertThat(coarse.error()).isLessThan(0.1);
    assertThat(fine.error()).isLessThan(1e-4);
    assertThat(fine.stepsForward()).isGreaterThan(coarse.stepsForward());
  }

  private static double error(StepMethod method, int steps) {
    return ScalarRectifier.reversal(LAMBDA, method, new FixedSteps(steps)).error();
  }
}
