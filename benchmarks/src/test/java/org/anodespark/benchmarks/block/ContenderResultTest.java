/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.benchmarks.problem.Precision;
import org.junit.jupiter.api.Test;

class ContenderResultTest {
  private static final Sample SECONDS = new Sample(List.of(2.0, 4.0));
  private static final Sample PEAK = new Sample(List.of(10.0, 20.0));

  @Test
  void dividesOperationsByTime() {
    assertThat(result(null).gigaflops().values()).containsExactly(4.0, 2.0);
  }

  @Test
  void takesSharesOfThePeakOfTheSameRound() {
    assertThat(result(null).shareOfPeak().values()).containsExactly(0.4, 0.1);
  }

  @Test
  void takesMultiplesOfOurTimeInTheSameRound() {
    assertThat(result(new Sample(List.of(1.0, 8.0))).timesOurs().values())
        .containsExactly(2.0, 0.5);
  }

  @Test
  void hasNoMultipleOfATimeThatWasNotMeasured() {
    assertThat(result(null).timesOurs()).isNull();
  }

  private static ContenderResult result(Sample ours) {
    return ContenderResult.of(
        "engine",
        "variant",
        "FullStorage",
        Precision.FLOAT32,
        8_000_000_000L,
        SECONDS,
        PEAK,
        null,
        ours);
  }
}
