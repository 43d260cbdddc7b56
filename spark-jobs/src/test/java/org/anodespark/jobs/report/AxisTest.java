/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0      | 5       | 0 1 2 3 4 5",
        "0      | 0.93    | 0 0.2 0.4 0.6 0.8 1.0",
        "0.412  | 0.557   | 0.40 0.45 0.50 0.55 0.60",
        "-3     | 4       | -4 -2 0 2 4",
        "0      | 1234    | 0 500 1000 1500",
        "7      | 7       | 6 8",
        "0      | 0       | 0 0.2",
        "0      | 2e-5    | 0 5e-6 1e-5 1.5e-5 2e-5",
        "0      | 3e9     | 0 1e9 2e9 3e9"
      })
  void ticksAreRoundNumbers(double least, double most, String labels) {
    Axis axis = Axis.covering(least, most);

    assertThat(axis.ticks().stream().map(axis::label).collect(Collectors.joining(" ")))
        .isEqualTo(labels);
  }

  @Property
  void allNumbersLieBetweenTheEnds(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double one,
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double other) {
    Axis axis = Axis.covering(Math.min(one, other), Math.max(one, other));

    assertThat(axis.fraction(one)).isCloseTo(0.5, within(0.5 + 1e-6));
    assertThat(axis.fraction(other)).isCloseTo(0.5, within(0.5 + 1e-6));
    assertThat(axis.ticks()).hasSizeBetween(2, 12);
  }
}
