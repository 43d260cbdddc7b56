/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.anodespark.benchmarks.problem.Facts;
import org.junit.jupiter.api.Test;

class SameWorkTest {
  private static final Map<String, Double> OURS = norms(10, 20, 30);

  private static Map<String, Double> norms(double output, double input, double weights) {
    return Map.of(
        Facts.OUTPUT_NORM, output,
        Facts.INPUT_GRADIENT_NORM, input,
        Facts.WEIGHT_GRADIENT_NORM, weights);
  }

  @Test
  void allowsForRounding() {
    assertThatCode(() -> SameWork.check("peer", norms(10.005, 19.99, 30.02), OURS, 1e-3, true))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherGradient() {
    assertThatThrownBy(() -> SameWork.check("peer", norms(10, 20, 31), OURS, 1e-3, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("weight_gradient_norm is 31.0, that of odelayers is 30.0");
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> SameWork.check("peer", norms(10, Double.NaN, 30), OURS, 1e-3, true))
        .isInstanceOf(IOException.class);
  }

  @Test
  void doesNotCompareWhatAPeerDoesNotTell() {
    assertThatCode(() -> SameWork.check("peer", Map.of(Facts.OUTPUT_NORM, 10.0), OURS, 1e-3, true))
        .doesNotThrowAnyException();
  }

  @Test
  void comparesOnlyTheOutputOfAStrategyThatIsNotExact() {
    assertThatCode(() -> SameWork.check("peer", norms(10, 25, 31), OURS, 1e-3, false))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SameWork.check("peer", norms(11, 20, 30), OURS, 1e-3, false))
        .isInstanceOf(IOException.class);
  }
}
